"""What entries need, and whom the claim gives them to."""

from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.campaigns import building
from callcenter.permission import barring
from callcenter.queue import claim
from callcenter.queue import closing
from callcenter.queue import promises
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import CALLBACK_PRIORITY
from callcenter.skills import catalogue
from callcenter.skills import giving
from callcenter.skills import requiring
from club.members import speaking
from club.members.importing.naming import Names
from club.members.importing.parsing import Draft
from club.members.importing.writing import write_chunk
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
REFUSALS, APPOINTMENTS = 4, 8


@pytest.fixture
def entry(factories, club, campaign):
    def make(**fields):
        who = fields.pop("member", None) or factories.member(club)
        return factories.entry(fields.pop("campaign", campaign), who, **{"due_at": NOW, **fields}).id

    return make


def needs_of(entry_id):
    row = db.session.get(QueueEntry, entry_id, populate_existing=True)
    return row.needs, row.refused_operator_id


def claim_for(operator, campaign, now=NOW):
    return claim.claim_next(operator.id, campaign_ids=[campaign.id], now=now)


def count_skill(code, *, is_used):
    line = next(skill for skill in catalogue.skills() if skill.code == code)
    names = {"name_fa": line.name_fa, "name_en": line.name_en}
    catalogue.change(code, **names, is_used=is_used, is_given_first=line.is_given_first)


def refuse(entry_id, operator, factories, at=NOW):
    """The operator holds the entry, is refused, and the member is asked again after a week."""
    row = db.session.get(QueueEntry, entry_id)
    factories.call(row, operator, disposition="2.11", disposed_at=at, requested_at=at)
    row.state, row.operator_id, row.lease_until = EntryState.LEASED, operator.id, at + timedelta(minutes=15)
    db.session.commit()
    closing.record_outcome(
        entry_id, operator_id=operator.id, outcome="2.11", is_attempt=True, retry_at=at + timedelta(days=7), now=at
    )
    return at + timedelta(days=8)


@pytest.mark.parametrize("needed", [["en"], ["en", "yazd"]])
def test_an_entry_goes_only_to_an_operator_who_has_all_that_it_needs(factories, club, campaign, entry, needed):
    able, other = factories.operator([club]), factories.operator([club])
    factories.skill("yazd", able)
    giving.keep(club.id, {able.id: {"en", "yazd"}, other.id: {"yazd", "fa"}}, given_by=able.id, now=NOW)
    wanted = entry()
    requiring.keep(club.id, campaign.id, set(needed))

    assert claim_for(other, campaign) is None
    assert claim_for(able, campaign) == wanted


def test_who_lacks_a_skill_gets_the_next_member_who_needs_none(factories, club, operator, campaign, entry):
    factories.skill("yazd")
    entry(due_at=NOW - timedelta(days=1), needs=16)
    easy = entry()

    assert claim_for(operator, campaign) == easy


def test_a_promised_call_that_needs_a_skill_does_not_call_the_operator_to_its_campaign(
    factories, club, operator, campaign, entry
):
    other = factories.campaign(club)
    entry(campaign=other, priority=CALLBACK_PRIORITY, callback_at=NOW, needs=2)
    easy = entry()

    assert claim.claim_next(operator.id, campaign_ids=[campaign.id, other.id], now=NOW) == easy


def test_a_skill_that_does_not_count_is_needed_by_nobody(club, operator, campaign, entry):
    wanted = entry(needs=2)
    assert claim_for(operator, campaign) is None

    count_skill("en", is_used=False)

    assert claim_for(operator, campaign) == wanted


def test_a_member_drawn_later_needs_what_the_campaign_asks_for(factories, club, campaign):
    factories.campaign_skill(campaign, "en")
    other = factories.campaign(club)
    factories.member(club)

    building.build(campaign.id, now=NOW)
    building.build(other.id, now=NOW)

    found = {row.campaign_id: row.needs for row in db.session.query(QueueEntry)}
    assert found == {campaign.id: 2, other.id: 0}


def test_who_refused_is_asked_again_by_somebody_with_the_skill_who_was_not_refused(factories, club, campaign, entry):
    refused, gentle, untrained = (factories.operator([club]) for _ in range(3))
    giving.keep(club.id, {refused.id: {"refusals"}, gentle.id: {"refusals"}}, given_by=refused.id, now=NOW)
    asked = entry()

    later = refuse(asked, refused, factories)

    assert needs_of(asked) == (REFUSALS, refused.id)
    assert claim_for(refused, campaign, later) is None
    assert claim_for(untrained, campaign, later) is None
    assert claim_for(gentle, campaign, later) == asked


def test_silence_after_a_refusal_does_not_cancel_it(factories, club, entry):
    refused, gentle = factories.operator([club]), factories.operator([club])
    asked = entry()
    later = refuse(asked, refused, factories)
    row = db.session.get(QueueEntry, asked)
    factories.call(row, gentle, disposition="2.21", disposed_at=later, requested_at=later)

    closing.record_outcome(
        asked, operator_id=gentle.id, outcome="2.11", is_attempt=True, retry_at=later + timedelta(hours=3), now=later
    )

    assert needs_of(asked) == (REFUSALS, refused.id)


def test_who_asks_for_another_time_after_a_refusal_may_be_called_by_the_same_operator(factories, club, entry):
    operator = factories.operator([club])
    asked = entry()
    later = refuse(asked, operator, factories)

    at = later + timedelta(hours=2)
    closing.record_outcome(
        asked, operator_id=operator.id, outcome="2.11", is_attempt=True, retry_at=at, callback_at=at, now=later
    )

    assert needs_of(asked) == (APPOINTMENTS, None)


def test_a_promise_of_ones_own_needs_no_skill_until_it_is_missed(factories, club, operator, entry):
    own = entry(callback_at=NOW, priority=CALLBACK_PRIORITY)

    promises.agree(own, until=None, operator_id=operator.id)
    at_first = needs_of(own)
    promises.mark_missed(now=NOW + timedelta(hours=1))

    assert at_first == (0, None)
    assert needs_of(own) == (APPOINTMENTS, None)


def test_a_promise_that_is_taken_back_needs_nothing_any_more(factories, club, member, entry):
    promised = entry(member=member, callback_at=NOW, needs=APPOINTMENTS)

    promises.take_back(member.id)

    assert needs_of(promised) == (0, None)


def test_who_is_let_back_into_the_queue_needs_what_their_calls_say(factories, club, operator, campaign, member):
    asked = factories.entry(campaign, member, state=EntryState.CLOSED, outcome="2.11", is_barred=True, closed_at=NOW)
    factories.call(asked, operator, disposition="2.11", disposed_at=NOW)

    barring.on_calls_allowed(member_ids=[member.id])

    assert needs_of(asked.id) == (REFUSALS, operator.id)


def test_a_member_needs_somebody_who_speaks_their_language(factories, club, campaign):
    for language in ("en", "fa", None):
        factories.member(club, language=language)

    building.build(campaign.id, now=NOW)

    assert [row.needs for row in db.session.query(QueueEntry).order_by(QueueEntry.member_id)] == [2, 1, 0]


def test_a_change_of_language_reaches_every_queue_the_member_waits_in(factories, club, member, entry):
    other = factories.campaign(club)
    waiting = [entry(member=member), entry(member=member, campaign=other)]
    unrelated = entry()

    speaking.set_language(club.id, member.id, "en")
    after = [needs_of(one)[0] for one in waiting]
    speaking.set_language(club.id, member.id, None)

    assert after == [2, 2]
    assert [needs_of(one)[0] for one in (*waiting, unrelated)] == [0, 0, 0]


def test_an_import_that_changes_a_language_reaches_the_queue(factories, club, member, entry):
    waiting = entry(member=member)
    drafts = [Draft(2, member.phone, "", {"first_name": "Sara", "last_name": "", "language": "en"})]

    write_chunk(club.id, drafts, Names(club.id), now=NOW)

    assert needs_of(waiting)[0] == 2


def test_another_clubs_member_keeps_their_language(factories, club):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        speaking.set_language(club.id, stranger.id, "en")


def test_a_closed_entry_is_left_as_it_is(factories, club, campaign, entry):
    done = entry(state=EntryState.CLOSED, outcome="1.1", closed_at=NOW)

    requiring.keep(club.id, campaign.id, {"en"})

    assert needs_of(done) == (0, None)
