from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls import disposing
from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.errors import StaleCallError
from callcenter.calls.models import Call
from callcenter.calls.models import DispositionSource
from callcenter.calls.models import LineStatus
from callcenter.campaigns.models import CampaignState
from callcenter.outcomes import editing
from callcenter.outcomes.rules import Rule
from callcenter.queue import queries
from callcenter.queue.models import EntryState
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = utcnow()


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, max_attempts=3)


@pytest.fixture
def entry(factories, campaign, member, operator):
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "lease_until": NOW + timedelta(minutes=15)}
    return factories.entry(campaign, member, **lease)


@pytest.fixture
def call(factories, entry, operator):
    def make(**fields):
        return factories.call(entry, operator, **fields).id

    return make


def test_a_busy_member_is_called_again_after_twenty_minutes(call, entry):
    code = disposing.dispose_from_line(call(hangup_cause=17, line_status=LineStatus.BUSY), now=NOW)

    line = queries.get(entry.id)
    assert code == line.outcome == "3.12"
    assert (line.state, line.due_at, line.attempt_count) == (EntryState.WAITING, NOW + timedelta(minutes=20), 1)


def test_the_line_is_noted_as_who_said_it(call):
    call_id = call()
    disposing.dispose_from_line(call_id, now=NOW)

    row = db.session.get_one(Call, call_id)
    assert (row.disposition, row.disposition_source, row.disposed_at) == ("3.13", DispositionSource.LINE, NOW)


def test_a_member_who_was_not_dialled_stays_with_the_operator(call, entry, operator):
    disposing.dispose_from_line(call(member_dialled_at=None, hangup_cause=None), now=NOW)

    line = queries.get(entry.id)
    assert (line.state, line.operator_id, line.attempt_count) == (EntryState.LEASED, operator.id, 0)


def test_congestion_comes_back_in_ten_minutes_and_costs_no_attempt(call, entry):
    disposing.dispose_from_line(call(hangup_cause=34, line_status=LineStatus.CONGESTION), now=NOW)

    line = queries.get(entry.id)
    assert (line.due_at, line.attempt_count) == (NOW + timedelta(minutes=10), 0)


def test_the_last_attempt_closes_the_entry(call, entry):
    entry.attempt_count = 2
    db.session.commit()

    disposing.dispose_from_line(call(), now=NOW)

    line = queries.get(entry.id)
    assert (line.state, line.outcome, line.attempt_count) == (EntryState.CLOSED, "3.13", 3)


def test_a_refusal_closes_the_entry_and_keeps_the_note(call, entry):
    call_id = call(connected_at=NOW)
    disposing.dispose(call_id, disposition="2.11", note="busy season", now=NOW)

    assert db.session.get_one(Call, call_id).note == "busy season"
    assert (queries.get(entry.id).state, queries.get(entry.id).outcome) == (EntryState.CLOSED, "2.11")


def test_an_outcome_may_be_given_while_the_line_is_still_open(call, entry):
    disposing.dispose(call(connected_at=NOW, ended_at=None), disposition="1.1", now=NOW)

    assert queries.get(entry.id).outcome == "1.1"


def test_a_callback_is_kept_for_its_time(call, entry):
    tomorrow = NOW + timedelta(days=1)

    disposing.dispose(call(connected_at=NOW), disposition="2.36", callback_at=tomorrow, now=NOW)

    line = queries.get(entry.id)
    assert (line.state, line.due_at, line.callback_at) == (EntryState.WAITING, tomorrow, tomorrow)


def test_silence_after_a_talk_is_a_non_contact(call, entry, operator):
    disposing.dispose(call(connected_at=NOW), disposition="2.36", now=NOW)
    entry = db.session.get_one(type(entry), entry.id)
    entry.state, entry.operator_id, entry.lease_until = EntryState.LEASED, operator.id, NOW + timedelta(hours=1)
    db.session.commit()

    assert disposing.dispose_from_line(call(hangup_cause=17), now=NOW) == "2.21"


def test_a_closed_campaign_takes_the_outcome_and_calls_nobody_again(call, entry, campaign):
    campaign.state = CampaignState.CLOSED
    db.session.commit()

    disposing.dispose_from_line(call(), now=NOW)

    assert (queries.get(entry.id).state, queries.get(entry.id).outcome) == (EntryState.CLOSED, "3.13")


def test_a_second_outcome_is_refused(call):
    call_id = call(connected_at=NOW)
    disposing.dispose(call_id, disposition="2.12", now=NOW)

    with pytest.raises(AlreadyDisposedError):
        disposing.dispose(call_id, disposition="1.1", now=NOW)
    with pytest.raises(AlreadyDisposedError):
        disposing.dispose_from_line(call_id, now=NOW)
    assert db.session.get_one(Call, call_id).disposition == "2.12"


def test_the_operator_says_nothing_of_a_call_that_nobody_answered(call):
    with pytest.raises(StaleCallError):
        disposing.dispose(call(), disposition="2.11", now=NOW)


@pytest.mark.parametrize("fields", [{"ended_at": None}, {"connected_at": NOW}], ids=["open", "answered"])
def test_the_line_says_nothing_of_a_call_that_is_open_or_was_answered(call, fields):
    with pytest.raises(StaleCallError):
        disposing.dispose_from_line(call(**fields), now=NOW)


@pytest.mark.parametrize(
    ("code", "callback_at"),
    [("9.9", None), ("2.11", NOW + timedelta(days=1)), ("2.36", NOW), ("2.36", NOW + timedelta(days=70))],
    ids=["no such code", "callback after a refusal", "callback in the past", "callback too far off"],
)
def test_impossible_outcomes_are_refused_and_nothing_is_written(call, entry, code, callback_at):
    call_id = call(connected_at=NOW)

    with pytest.raises(InvalidInputError):
        disposing.dispose(call_id, disposition=code, callback_at=callback_at, now=NOW)
    assert db.session.get_one(Call, call_id).disposition is None
    assert queries.get(entry.id).state is EntryState.LEASED


def test_a_broken_call_is_written_off_and_the_member_stays_for_the_next(call, entry):
    call_id = call(connected_at=NOW)

    disposing.dispose_interrupted(call_id, now=NOW)

    assert db.session.get_one(Call, call_id).disposition == "2.36"
    assert queries.get(entry.id).state is EntryState.LEASED
    assert queries.get(entry.id).attempt_count == 1


def test_a_call_that_does_not_exist_is_not_found(app):
    with pytest.raises(NotFoundError):
        disposing.dispose(1, disposition="2.11", now=NOW)


def test_a_campaign_that_asks_again_after_a_refusal_waits_as_long_as_it_chose(call, campaign, entry):
    week = 7 * 24 * 60
    editing.keep(campaign.club_id, campaign.id, [Rule("2.11", week, 2)])

    disposing.dispose(call(connected_at=NOW), disposition="2.11", now=NOW)

    line = queries.get(entry.id)
    assert (line.state, line.outcome, line.due_at) == (EntryState.WAITING, "2.11", NOW + timedelta(days=7))


def test_an_outcome_that_came_as_often_as_the_campaign_bears_ends_the_calls(call, campaign, entry):
    editing.keep(campaign.club_id, campaign.id, [Rule("3.12", 20, 2)])
    busy = {"hangup_cause": 17, "line_status": LineStatus.BUSY, "member_dialled_at": NOW}

    disposing.dispose_from_line(call(**busy), now=NOW)
    first = queries.get(entry.id)
    disposing.dispose_from_line(call(**busy), now=NOW)

    assert first.state is EntryState.WAITING
    assert (queries.get(entry.id).state, queries.get(entry.id).outcome) == (EntryState.CLOSED, "3.12")


@pytest.mark.parametrize("cause", [34, 38, 41, 42, 44])
def test_a_line_without_room_is_no_attempt_however_few_the_campaign_bears(call, campaign, entry, cause):
    editing.keep(campaign.club_id, campaign.id, [Rule("3.16", 180, 1)])
    full = {"hangup_cause": cause, "line_status": LineStatus.CONGESTION, "member_dialled_at": NOW}

    disposing.dispose_from_line(call(**full), now=NOW)

    line = queries.get(entry.id)
    assert (line.state, line.attempt_count, line.due_at) == (EntryState.WAITING, 0, NOW + timedelta(minutes=10))


def test_a_machine_at_a_proved_number_is_the_members_machine(call, entry):
    disposing.dispose(call(connected_at=NOW), disposition="2.36", now=NOW)

    disposing.dispose(call(connected_at=NOW), disposition="3.14", now=NOW)

    assert queries.get(entry.id).outcome == "2.22"
