from __future__ import annotations

import json

import pytest

from callcenter.calls import dialling
from callcenter.calls import progress
from callcenter.calls import requesting
from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from config.database import db
from config.database import utcnow
from config.live import CHANNEL_PREFIX
from config.live import quick_redis
from tests.support.calling import held_entry
from tests.support.calling import kinds
from tests.support.calling import read_call

MEMBER = "17.2"


class Told:
    """A call on the line, brought forward message by message."""

    def __init__(self, held):
        self.held = held
        self.call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
        dialling.take(self.call_id, now=utcnow())
        db.session.commit()
        self.id = read_call(self.call_id).channel_id
        self.track = Track(self.id)

    def tell(self, *messages):
        for message in messages:
            self.track = advance(self.track, message)
            progress.record(self.call_id, self.track, told=[(message, utcnow())], now=utcnow())
            db.session.commit()
        return read_call(self.call_id)

    def dial(self):
        return self.tell(
            LegAppeared("PJSIP/101-1", self.id, self.id),
            LegStateChanged("PJSIP/101-1", self.id, self.id, 6),
            DialBegan("PJSIP/trunk-2", MEMBER, self.id, caller=self.id),
        )

    def answer(self):
        return self.tell(DialEnded(MEMBER, self.id, caller=self.id, status="ANSWER"))

    def leave(self, cause=16, status=None):
        if status:
            self.tell(DialEnded(MEMBER, self.id, caller=self.id, status=status))
        return self.tell(LegHungUp(MEMBER, self.id, cause, ""), LegHungUp(self.id, self.id, 16, ""))


@pytest.fixture
def call(factories):
    return Told(held_entry(factories))


def state_of_operator(call):
    return operators.get(call.held.operator_id).state


def test_the_members_line_dialled_makes_it_an_attempt(call):
    row = call.dial()

    assert row.state is CallState.MEMBER_DIALLING
    assert row.member_dialled_at is not None
    assert row.connected_at is None


def test_an_answer_connects_and_moves_the_operator(call):
    call.dial()
    row = call.answer()

    assert row.state is CallState.CONNECTED
    assert row.connected_at is not None
    assert state_of_operator(call) is OperatorState.ON_CALL


def test_an_answered_call_ends_without_a_disposition(call):
    call.dial()
    call.answer()
    row = call.leave()

    assert (row.state, row.line_status, row.disposition) == (CallState.ENDED, LineStatus.ANSWERED, None)
    assert row.ended_at is not None
    assert state_of_operator(call) is OperatorState.WRAP_UP
    assert queue.get(call.held.entry_id).state is EntryState.LEASED


def test_an_unanswered_call_gets_the_lines_disposition_at_once(call):
    call.dial()
    row = call.leave(cause=17, status="BUSY")

    assert (row.line_status, row.hangup_cause, row.disposition) == (LineStatus.BUSY, 17, "3.12")
    assert state_of_operator(call) is OperatorState.WRAP_UP
    assert queue.get(call.held.entry_id).state is EntryState.WAITING


def test_a_member_who_was_not_dialled_stays_with_the_operator(call):
    row = call.tell(LegAppeared("PJSIP/101-1", call.id, call.id), LegHungUp(call.id, call.id, 19, ""))

    assert (row.line_status, row.failure) == (LineStatus.NOT_DIALLED, Failure.OPERATOR_UNREACHABLE)
    assert state_of_operator(call) is OperatorState.PREVIEW
    entry = queue.get(call.held.entry_id)
    assert (entry.state, entry.attempt_count) == (EntryState.LEASED, 0)


def test_a_call_that_is_over_stays_as_it_is(call):
    call.dial()
    ended = call.leave(cause=17, status="BUSY")
    before = (ended.ended_at, ended.state, kinds(call.call_id))

    row = call.answer()

    assert (row.ended_at, row.state, kinds(call.call_id)) == before


def test_a_track_that_knows_less_does_not_take_the_call_back(call):
    call.dial()

    call.track = Track(call.id)
    row = call.tell(LegStateChanged("PJSIP/101-1", call.id, call.id, 5))

    assert row.state is CallState.MEMBER_DIALLING


def test_everything_told_is_in_the_log_with_its_facts(call):
    call.dial()
    call.leave(cause=1, status="NOANSWER")

    assert kinds(call.call_id) == [
        "LegAppeared",
        "LegStateChanged",
        "DialBegan",
        "DialEnded",
        "LegHungUp",
        "LegHungUp",
        "Ended",
    ]


def test_screens_of_the_operator_and_the_floor_hear_of_a_new_state_after_the_commit(call):
    ear = quick_redis().pubsub(ignore_subscribe_messages=True)
    topics = [f"{CHANNEL_PREFIX}operator:{call.held.operator_id}", f"{CHANNEL_PREFIX}floor:{call.held.club_id}"]
    ear.subscribe(*topics)

    call.dial()

    messages = [message for _ in range(50) if (message := ear.get_message())]
    heard = [(message["channel"].decode(), json.loads(message["data"])) for message in messages]
    for topic in topics:
        states_told = [news["state"] for channel, news in heard if channel == topic and news["kind"] == "call"]
        assert states_told == ["operator_ringing", "member_dialling"]


def test_an_operator_who_went_off_is_not_pulled_back(call):
    call.dial()
    states.change(call.held.operator_id, OperatorState.OFF, now=utcnow())
    db.session.commit()

    call.answer()

    assert state_of_operator(call) is OperatorState.OFF


def test_a_call_that_was_never_sent_fails_with_a_reason(factories):
    held = held_entry(factories)
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    progress.fail(call_id, Failure.LINE_DOWN, now=utcnow())
    db.session.commit()

    row = read_call(call_id)
    assert (row.state, row.line_status, row.failure) == (CallState.FAILED, LineStatus.FAILED, "line_down")
    assert operators.get(held.operator_id).state is OperatorState.PREVIEW


def test_a_call_that_was_never_sent_can_be_cancelled(factories):
    held = held_entry(factories)
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    progress.cancel(call_id, now=utcnow())
    db.session.commit()

    row = read_call(call_id)
    assert (row.state, row.line_status, row.failure) == (CallState.ENDED, LineStatus.NOT_DIALLED, None)


def test_a_refused_disposition_does_not_keep_the_call_open(call, monkeypatch, caplog):
    # The entry is closed behind our back.
    db.session.execute(
        db.text("UPDATE queue_entries SET state = 'closed', lease_until = NULL WHERE id = :id"),
        {"id": call.held.entry_id},
    )
    db.session.commit()
    call.dial()

    row = call.leave(cause=17, status="BUSY")

    assert row.state is CallState.ENDED
    assert "ended without a disposition" in caplog.text
