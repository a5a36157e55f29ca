from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.campaigns.models import CampaignState
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.permission import barring
from callcenter.permission import census
from callcenter.permission import rules
from callcenter.permission import saying
from callcenter.permission.asking import why
from callcenter.permission.outlook import outlook
from callcenter.permission.reasons import Reason
from callcenter.permission.reasons import Why
from callcenter.permission.rules import Rules
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.skills import giving
from club.members import stop_calls
from config import kept
from config.accounts.models import Role
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError
from config.languages import speaking

NOW = utcnow()
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, name="آذر")


@pytest.fixture
def operator(factories, club):
    person = factories.operator([club])
    person.name = "نگار"
    db.session.commit()
    return person


def kinds(campaign, member):
    return [reason.kind for reason in why(campaign.club_id, member.id, campaign.id, now=NOW)]


def held(operator, **fields):
    return {"state": EntryState.LEASED, "operator_id": operator.id, "lease_until": LATER, **fields}


def test_a_member_whose_turn_it_is_has_no_reason_against(factories, club, campaign):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW)

    assert why(club.id, member.id, campaign.id, now=NOW) == []


def test_every_level_of_do_not_call_is_told(factories, club, campaign):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW)
    for house_wide in (True, False):
        stop_calls.add_do_not_call(club.id, member.id, reason="asked", note=None, user_id=None, house_wide=house_wide)
    barring.leave_out(club.id, campaign.id, member.id, reason="asked", user_id=None, now=NOW)

    assert kinds(campaign, member) == [Why.BARRED_HOUSE, Why.BARRED_CLUB, Why.LEFT_OUT]


def test_the_sample_the_consent_and_the_draw_are_told(factories, club, campaign):
    branch = factories.branch(club)
    campaign.sample = {"branch_ids": [branch.id]}
    db.session.commit()
    fits = factories.member(club, branch_id=branch.id)
    elsewhere = factories.member(club, consent_calls=False)

    assert kinds(campaign, fits) == [Why.NOT_DRAWN]
    assert kinds(campaign, elsewhere) == [Why.NO_CONSENT, Why.NOT_IN_SAMPLE]


def test_the_rests_of_the_club_are_told_with_their_ends(factories, club, campaign, operator):
    rules.save(club.id, Rules(interview_days=10, weekly_attempts=1))
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW)
    other = factories.closed_entry(factories.campaign(club, rest_days=0), member, "1.1", NOW - timedelta(days=31))
    factories.dialled_call(other, operator, NOW - timedelta(days=2))

    assert why(club.id, member.id, campaign.id, now=NOW) == [Reason(Why.RANG_OFTEN, NOW + timedelta(days=5))]


def test_who_holds_the_member_is_told(factories, club, campaign, operator):
    member = factories.member(club)
    factories.entry(campaign, member, **held(operator))
    other = factories.campaign(club)
    factories.entry(other, member, due_at=NOW)

    assert why(club.id, member.id, campaign.id, now=NOW) == [Reason(Why.HELD, LATER, "نگار")]
    assert why(club.id, member.id, other.id, now=NOW) == [Reason(Why.HELD_ELSEWHERE, LATER)]


def test_a_full_quota_is_told(factories, club, campaign):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW, cell_id=factories.quota_cell(campaign, 0).id)

    assert kinds(campaign, member) == [Why.QUOTA_FULL]


def test_other_clubs_have_no_such_member_or_campaign(factories, club, campaign):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        why(club.id, stranger.id, campaign.id, now=NOW)
    with pytest.raises(NotFoundError):
        why(stranger.club_id, stranger.id, campaign.id, now=NOW)


def test_a_queue_is_counted_by_the_reason_of_each_member(factories, club, campaign, operator):
    full = factories.quota_cell(campaign, 0).id
    closed = {"state": EntryState.CLOSED, "closed_at": NOW}
    entries = [
        {"due_at": NOW},
        held(operator),
        {"due_at": LATER, "callback_at": LATER, "outcome": "2.36"},
        {"due_at": NOW, "callback_at": NOW, "outcome": "2.36", "callback_operator_id": operator.id},
        {"due_at": LATER, "outcome": "3.13"},
        {"due_at": LATER + timedelta(hours=1), "outcome": "3.13"},
        {"due_at": LATER},
        {"due_at": LATER, "rest_until": LATER, "outcome": "3.13"},
        {"due_at": NOW, "cell_id": full},
        {**closed, "outcome": "2.11", "is_barred": True},
        {**closed, "outcome": "3.13"},
        {**closed, "outcome": "1.1"},
    ]
    for fields in entries:
        factories.entry(campaign, factories.member(club), **fields)
    factories.entry(factories.campaign(club), factories.member(club))

    found = {group.kind: (group.count, group.next_at) for group in census.count([campaign.id], now=NOW)}

    assert found == {
        "callable": (1, None),
        Why.HELD: (1, None),
        Why.PROMISED: (1, None),
        Why.CALLBACK: (1, LATER),
        Why.RETRY: (2, LATER),
        Why.TURN: (1, LATER),
        Why.RANG_OFTEN: (1, LATER),
        Why.QUOTA_FULL: (1, None),
        Why.BARRED_CLUB: (1, None),
        Why.ATTEMPTS_USED_UP: (1, None),
        Why.CLOSED: (1, None),
    }


def test_an_operator_reads_who_waits_for_somebody_else(factories, club, campaign, operator):
    colleague = factories.operator([club])
    factories.skill("yazd", colleague)
    due = [
        {"needs": 2},
        {"needs": 2, "due_at": NOW - timedelta(days=1)},
        {"needs": 2 + 16},
        {"needs": 8},
        {"callback_at": NOW, "callback_operator_id": colleague.id},
        {"callback_at": NOW, "callback_operator_id": operator.id, "due_at": LATER},
        {"refused_operator_id": operator.id},
        {"refused_operator_id": colleague.id},
    ]
    for fields in due:
        factories.entry(campaign, factories.member(club), **{"due_at": NOW, **fields})

    found = census.emptiness([campaign.id], operator_id=operator.id, now=NOW)

    groups = [(group.kind, [skill.code for skill in group.skills], group.count) for group in found.groups]
    assert groups == [
        ("callable", [], 2),
        (Why.PROMISED, [], 1),
        (Why.SKILL, ["en"], 2),
        (Why.SKILL, ["en", "yazd"], 1),
        (Why.REFUSED, [], 1),
        (Why.CALLBACK, [], 1),
    ]


def test_a_large_queue_is_counted_once_in_some_seconds(factories, club, campaign, operator, monkeypatch):
    colleague = factories.operator([club])
    for fields in ({}, {"needs": 2}, {"refused_operator_id": operator.id}, {"promised": colleague}, {"due_at": LATER}):
        promised = fields.pop("promised", None)
        whose = {"callback_at": NOW, "callback_operator_id": promised.id} if promised else {}
        factories.entry(campaign, factories.member(club), **{"due_at": NOW, **whose, **fields})
    exact = census.emptiness([campaign.id], operator_id=operator.id, now=NOW)
    waits = queue.waiting([campaign.id], now=NOW)
    monkeypatch.setattr(queue, "LARGE", 4)
    monkeypatch.setattr(kept, "SECONDS", 1000)

    found = [census.emptiness([campaign.id], operator_id=operator.id, now=NOW)]
    seen = [queue.waiting([campaign.id], now=NOW)]
    factories.entry(campaign, factories.member(club), due_at=NOW)
    found.append(census.emptiness([campaign.id], operator_id=operator.id, now=NOW))
    seen.append(queue.waiting([campaign.id], now=NOW))

    assert found == [exact, exact]
    assert seen == [waits, waits]
    kept.forget_all()
    assert queue.waiting([campaign.id], now=NOW).due_count == waits.due_count + 1


def test_the_first_turn_of_an_operator_is_that_of_a_member_they_may_call(factories, club, campaign, operator):
    factories.entry(campaign, factories.member(club), due_at=NOW, needs=2)
    factories.entry(campaign, factories.member(club), due_at=LATER)

    assert census.emptiness([campaign.id], operator_id=operator.id, now=NOW).first_at == LATER


def test_the_skills_a_member_waits_for_are_told_by_who_has_them(factories, club, campaign, operator):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW, needs=2)
    nobody = why(club.id, member.id, campaign.id, now=NOW)
    giving.keep(club.id, {operator.id: {"en"}}, given_by=operator.id, now=NOW)
    nobody_here = why(club.id, member.id, campaign.id, now=NOW)
    states.change(operator.id, OperatorState.READY, now=NOW)

    assert [(reason.kind, reason.skills[0].code) for reason in (*nobody, *nobody_here)] == [
        (Why.NOBODY_SKILLED, "en"), (Why.SKILL, "en"),
    ]  # fmt: skip
    assert why(club.id, member.id, campaign.id, now=NOW) == []


def test_who_refused_the_only_operator_is_told(factories, club, campaign, operator):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW, outcome="2.11", refused_operator_id=operator.id)

    assert kinds(campaign, member) == [Why.REFUSED]


def test_a_due_promise_is_told_with_whose_it_is_and_until_when(factories, club, campaign, operator):
    member = factories.member(club)
    factories.entry(campaign, member, due_at=NOW, callback_at=NOW, callback_operator_id=operator.id)

    found = why(club.id, member.id, campaign.id, now=NOW)

    assert found == [Reason(Why.PROMISED, NOW + timedelta(minutes=10), "نگار")]


def test_the_first_turn_lies_in_open_hours(factories, club, campaign, operator):
    factories.entry(campaign, factories.member(club), due_at=NOW - timedelta(days=1))
    today = NOW.astimezone().date()
    for day in range(-1, 3):
        rules.add_holiday(club.id, day=today + timedelta(days=day), name="تعطیل")

    found = census.emptiness([campaign.id], operator_id=operator.id, now=NOW)

    assert found.first_at > NOW + timedelta(days=1)
    assert found.closed["آذر"].kind is Why.HOLIDAY
    assert found.closed["آذر"].until == found.first_at


def test_nobody_waits_for_a_turn_in_an_empty_queue(campaign, operator):
    assert census.emptiness([campaign.id], operator_id=operator.id, now=NOW) == census.Emptiness(None, [], {})


def test_the_outlook_counts_everybody_once():
    report = {"seen": 12, "queued": 5, "left_out": {"no_consent": 3, "already_queued": 2, "do_not_call": 1}}
    groups = [census.Group("callable", 6, None), census.Group(Why.BARRED_CLUB, 1, None)]

    found = outlook(report, groups)

    assert (found.callable_count, found.total) == (6, 11)
    assert found.left_out == {"no_consent": 3, "do_not_call": 1, "barred_since": 1}


def test_every_reason_has_its_words(app):
    # Who was skipped is kept from one operator only, and is a reason in their counts alone.
    assert set(saying.SENTENCES) == set(Why) - {Why.SKIPPED}
    assert {str(kind) for kind in saying.GROUPS} == {str(kind) for kind in (*census.WAITING, *census.DONE)}
    with app.test_request_context(), speaking("en"):
        told = saying.sentence(Reason(Why.RETRY, LATER, "3.13"), now=NOW)
    assert told.startswith("Waits for the next attempt after: No answer, until ")


def test_a_drafts_page_says_how_many_will_be_called_and_why_the_rest_are_not(
    client, sign_in, factories, club, campaign
):
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="en"))
    campaign.state = CampaignState.DRAFT
    campaign.built_at = NOW
    campaign.build_report = {"seen": 3, "queued": 1, "left_out": {"no_consent": 2}}
    factories.entry(campaign, factories.member(club), due_at=NOW)

    page = client.get(f"/campaigns/{campaign.id}").text

    assert "1 of 3 members will be called." in page
    assert "Wait for the start of calling" in page
    assert "Have not agreed to be called" in page


def test_a_running_campaigns_page_counts_its_members_by_reason(client, sign_in, factories, club, campaign):
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="en"))
    factories.entry(campaign, factories.member(club), due_at=LATER, outcome="3.13")

    page = client.get(f"/campaigns/{campaign.id}").text

    assert "Wait for their next attempt" in page
    assert "will be called." not in page


def test_the_members_page_tells_the_reasons_for_each_campaign(client, sign_in, factories, club, campaign):
    sign_in(client, factories.user(Role.MANAGER, [club], language="en"))
    member = factories.member(club)
    factories.entry(campaign, member, due_at=LATER, outcome="3.12")
    ready = factories.campaign(club)
    factories.entry(ready, member, due_at=NOW - timedelta(minutes=1))
    factories.campaign(club, name="بسته", state=CampaignState.CLOSED)

    page = client.get(f"/members/{member.id}").text

    assert "Waits for the next attempt after: Busy, until" in page
    assert "may be called now" in page
    assert "بسته" not in page
