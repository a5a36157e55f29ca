from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.campaigns import queries as campaigns
from callcenter.permission import asking
from callcenter.permission.reasons import Why
from callcenter.queue import claim
from callcenter.queue import promises
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import CALLBACK_PRIORITY
from callcenter.queue.priorities import OWN_PRIORITY
from callcenter.training import certifying
from callcenter.training import jobs
from callcenter.training import releasing
from callcenter.training import requiring
from callcenter.training import rules
from callcenter.training import standing
from callcenter.training.models import CampaignCertificate
from callcenter.training.standing import Standing
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.settings import FIRST_LINE
from surveys.questionnaires import library
from surveys.questionnaires import publishing
from surveys.questionnaires import queries as surveys

NOW = utcnow()


@pytest.fixture
def supervisor(factories, club):
    return factories.user(Role.SUPERVISOR, [club])


def certify(club, version, operator, supervisor, *, at=NOW):
    survey_id = surveys.version_line(club.id, version).survey_id
    certifying.give(club.id, survey_id, [operator.id], note="knows it", given_by=supervisor.id, now=at)


def open_to(operator, club, *, at=NOW):
    return campaigns.open_campaign_ids([club.id], operator_id=operator.id, now=at)


def test_a_campaign_that_asks_for_no_certificate_is_for_everybody(campaign, operator, club):
    assert open_to(operator, club) == [campaign.id]


def test_one_that_does_is_for_the_certified_alone(campaign, operator, club, version, supervisor, factories):
    other = factories.operator([club])
    requiring.keep(club.id, campaign.id, is_wanted=True)

    certify(club, version, operator, supervisor)

    assert (open_to(operator, club), open_to(other, club)) == ([campaign.id], [])
    assert campaigns.open_campaign_ids([club.id], now=NOW) == [campaign.id]


def test_a_certificate_ends_and_another_one_renews_it(campaign, operator, club, version, supervisor):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    certify(club, version, operator, supervisor, at=NOW - timedelta(days=400))
    before = open_to(operator, club)

    certify(club, version, operator, supervisor)

    assert (before, open_to(operator, club)) == ([], [campaign.id])


def test_one_for_another_survey_is_no_use(campaign, operator, club, supervisor, factories):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    other = publishing.draft(club.id, slug="other", questionnaire=library.load("recent_visit"), now=NOW)
    publishing.publish(club.id, other, now=NOW)

    certify(club, other, operator, supervisor)

    assert open_to(operator, club) == []


def test_what_is_taken_back_is_gone_with_all_that_still_held(campaign, operator, club, version, supervisor):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    survey_id = surveys.version_line(club.id, version).survey_id
    for days in (200, 100):
        certify(club, version, operator, supervisor, at=NOW - timedelta(days=days))

    certifying.revoke(club.id, survey_id, operator.id, reason="reads too fast", revoked_by=supervisor.id, now=NOW)

    assert open_to(operator, club) == []
    held = standing.of_survey(survey_id, [operator.id])[operator.id]
    assert {(one.revoked_by, one.reason) for one in held} == {(supervisor.name, "reads too fast")}


def test_promises_of_who_may_not_call_any_more_are_anybodys_at_once(
    campaign, operator, club, version, supervisor, factories
):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    certify(club, version, operator, supervisor)
    free, colleague = factories.campaign(club), factories.operator([club])
    certify(club, version, colleague, supervisor)
    at = NOW + timedelta(hours=2)
    own, elsewhere, of_colleague = (
        factories.entry(of, factories.member(club), callback_at=at, due_at=at, callback_operator_id=who.id).id
        for of, who in ((campaign, operator), (free, operator), (campaign, colleague))
    )
    survey_id = surveys.version_line(club.id, version).survey_id

    certifying.revoke(club.id, survey_id, operator.id, reason="reads too fast", revoked_by=supervisor.id, now=NOW)

    assert [one.id for one in promises.of_operator(operator.id)] == [elsewhere]
    assert [one.id for one in promises.of_operator(colleague.id)] == [of_colleague]
    assert claim.claim_next(colleague.id, campaign_ids=[campaign.id], now=at) == own
    entry = db.session.get_one(QueueEntry, own, populate_existing=True)
    assert (entry.callback_at, entry.callback_operator_id, entry.priority) == (at, None, CALLBACK_PRIORITY)


def test_a_colleagues_certificate_is_nobody_elses(campaign, operator, club, version, supervisor, factories):
    colleague = factories.operator([club])
    requiring.keep(club.id, campaign.id, is_wanted=True)
    certify(club, version, colleague, supervisor)

    assert standing.certified_for(campaign.id, [operator.id, colleague.id], now=NOW) == {colleague.id}


@pytest.mark.parametrize("is_needed", [True, False], ids=["asked for", "not asked for"])
def test_when_a_certificate_ends_by_its_day_the_promised_calls_are_anybodys(
    campaign, operator, club, version, supervisor, factories, is_needed
):
    requiring.keep(club.id, campaign.id, is_wanted=is_needed)
    certify(club, version, operator, supervisor)
    colleague = factories.operator([club])
    certify(club, version, colleague, supervisor, at=NOW + timedelta(days=30))
    at = NOW + timedelta(days=380)
    promised = {"callback_at": at, "due_at": at, "priority": OWN_PRIORITY}
    own, of_colleague = (
        factories.entry(campaign, factories.member(club), callback_operator_id=who.id, **promised).id
        for who in (operator, colleague)
    )

    before = releasing.release_uncertified(now=NOW + timedelta(days=360))
    after = releasing.release_uncertified(now=NOW + timedelta(days=370))

    assert before == set()
    assert after == ({(operator.id, club.id)} if is_needed else set())
    assert [one.id for one in promises.of_operator(operator.id)] == ([] if is_needed else [own])
    assert [one.id for one in promises.of_operator(colleague.id)] == [of_colleague]
    entry = db.session.get_one(QueueEntry, own, populate_existing=True)
    assert (entry.callback_at, entry.priority) == (at, CALLBACK_PRIORITY if is_needed else OWN_PRIORITY)


def test_the_clock_releases_them(campaign, operator, club, version, supervisor, factories):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    certify(club, version, operator, supervisor, at=NOW - timedelta(days=400))
    at = NOW + timedelta(hours=2)
    factories.entry(campaign, factories.member(club), callback_at=at, due_at=at, callback_operator_id=operator.id)

    jobs.release_promises()

    db.session.rollback()
    assert promises.of_operator(operator.id) == []


def test_the_desk_is_told_why_a_campaign_is_closed_to_its_operator(campaign, operator, club, version, supervisor):
    requiring.keep(club.id, campaign.id, is_wanted=True)
    survey_id = surveys.version_line(club.id, version).survey_id

    def told(now):
        [one] = standing.closed_to(operator.id, [club.id], line=FIRST_LINE, now=now)
        return one.campaign, one.survey_id, one.standing

    never = told(NOW)
    certify(club, version, operator, supervisor)
    expired = told(NOW + timedelta(days=370))
    certifying.revoke(club.id, survey_id, operator.id, reason="reads too fast", revoked_by=supervisor.id, now=NOW)

    stands = Standing.NEVER, Standing.EXPIRED, Standing.REVOKED
    assert [never, expired, told(NOW)] == [(campaign.name, survey_id, one) for one in stands]


def revised(club, version, *, words):
    """Another version, published, of which the first question says something else."""
    wording = surveys.questionnaire_of(club.id, version)
    document = publishing.for_json(wording)
    document["sections"][0]["questions"][0]["text"] = {"fa": words, "en": words}
    number = publishing.revise(club.id, version, questionnaire=publishing.from_dict(document), now=NOW)
    publishing.publish(club.id, number, now=NOW)
    return number


def test_a_version_with_many_new_words_asks_for_a_refresher(operator, club, version, supervisor, factories):
    certify(club, version, operator, supervisor)
    rules.save(club.id, rules.Rules(change_percent=1))
    newer = factories.campaign(club, version_id=revised(club, version, words="new words " * 40))

    requiring.keep(club.id, newer.id, is_wanted=True)
    before = open_to(operator, club)
    rules.save(club.id, rules.Rules(change_percent=90))
    requiring.compute(club.id)

    assert (before, open_to(operator, club)) == ([], [newer.id])


def test_a_closed_campaign_is_left_as_it_was(operator, club, version, factories):
    rules.save(club.id, rules.Rules(change_percent=90))
    closed = factories.campaign(club, version_id=revised(club, version, words="new words " * 40))
    requiring.keep(club.id, closed.id, is_wanted=True)
    closed.state = "closed"

    rules.save(club.id, rules.Rules(change_percent=0))
    requiring.compute(club.id)

    assert db.session.scalars(select(CampaignCertificate.from_number)).one() == 1


@pytest.mark.parametrize(("is_certified", "expected"), [(False, Why.NOBODY_CERTIFIED), (True, Why.CERTIFICATE)])
def test_why_a_member_is_not_called_names_the_certificate(
    campaign, operator, club, version, supervisor, factories, is_certified, expected
):
    member = factories.member(club)
    factories.entry(campaign, member)
    requiring.keep(club.id, campaign.id, is_wanted=True)
    if is_certified:
        certify(club, version, operator, supervisor)

    kinds = [reason.kind for reason in asking.why(club.id, member.id, campaign.id, now=utcnow())]

    # The one who has it is not at work.
    assert expected in kinds


def test_nobody_of_another_club_is_certified_and_a_reason_is_needed(club, version, supervisor, operator, factories):
    survey_id = surveys.version_line(club.id, version).survey_id
    with pytest.raises(InvalidInputError):
        certifying.give(club.id, survey_id, [operator.id], note=" ", given_by=supervisor.id, now=NOW)
    with pytest.raises(NotFoundError):
        certifying.give(
            club.id, survey_id, [factories.operator([factories.club()]).id], note="x", given_by=supervisor.id, now=NOW
        )
