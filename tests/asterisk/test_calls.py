"""Whole calls: asked for in the database, dialled by the pbx loop on a real Asterisk, written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.failures import Failure
from callcenter.calls.models import Call
from callcenter.calls.models import CallEvent
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from config.database import db
from tests.asterisk.house import house
from tests.asterisk.scenarios import BY_NAME
from tests.asterisk.scenarios import MEMBER

if TYPE_CHECKING:
    from types import SimpleNamespace

    from flask import Flask

    from tests.asterisk import bed
    from tests.asterisk.house import House


UNANSWERED = [
    ("busy", "3.12", 1),
    ("no_answer", "3.13", 1),
    ("unallocated", "4.31", 1),
    ("number_changed", "4.41", 1),
    ("declined", "3.16", 1),
    ("out_of_order", "3.16", 1),
    # The network's fault costs no attempt.
    ("congestion", "3.16", 0),
]


@pytest.mark.parametrize(("name", "code", "attempts"), UNANSWERED, ids=[name for name, *_ in UNANSWERED])
def test_an_unanswered_call_gets_its_code_from_the_line(at_work: House, name: str, code: str, attempts: int):
    scenario = BY_NAME[name]

    call = at_work.wait_for_end(at_work.call(scenario.number))

    assert (call.line_status, call.hangup_cause, call.disposition) == (scenario.status, scenario.cause, code)
    assert call.member_dialled_at is not None
    assert call.connected_at is None
    entry = queue.get(call.entry_id)
    assert (entry.state is not EntryState.LEASED, entry.attempt_count) == (True, attempts)
    assert operators.get(call.operator_id).state is OperatorState.WRAP_UP


def test_an_answered_call_is_followed_to_the_operators_hang_up(at_work: House):
    call_id = at_work.call(MEMBER + "0")

    talking = at_work.wait_for(call_id, CallState.CONNECTED)
    assert operators.get(talking.operator_id).state is OperatorState.ON_CALL
    at_work.hang_up(call_id)
    call = at_work.wait_for_end(call_id)

    assert (call.state, call.line_status) == (CallState.ENDED, LineStatus.ANSWERED)
    assert call.requested_at <= call.sent_at <= call.member_dialled_at <= call.connected_at <= call.ended_at
    # What came of a conversation is the operator's to say.
    assert call.disposition is None
    assert operators.get(call.operator_id).state is OperatorState.WRAP_UP


def test_a_member_who_hangs_up_in_the_middle_ends_the_call(at_work: House):
    call = at_work.wait_for_end(at_work.call(MEMBER + "6"))

    assert (call.line_status, call.hangup_cause, call.disposition) == (LineStatus.ANSWERED, 16, None)
    kinds = list(db.session.scalars(select(CallEvent.kind).where(CallEvent.call_id == call.id).order_by(CallEvent.id)))
    assert kinds[0] == "Sent"
    assert kinds[-1] == "Ended"
    assert {"DialBegan", "DialEnded", "BridgeLeft", "LegHungUp"} <= set(kinds)


def test_a_hang_up_while_the_member_rings_cancels_the_dialling(at_work: House):
    call_id = at_work.call(MEMBER + "3")
    at_work.wait_for(call_id, CallState.MEMBER_RINGING)

    at_work.hang_up(call_id)

    call = at_work.wait_for_end(call_id)
    assert (call.line_status, call.disposition) == (LineStatus.NOT_DIALLED, "3.11")


OWN_PHONE = ["operator_busy", "operator_not_connected"]


@pytest.mark.parametrize("name", OWN_PHONE)
def test_an_operators_phone_that_is_not_reached_costs_the_member_nothing(at_work: House, name: str):
    scenario = BY_NAME[name]

    call = at_work.wait_for_end(at_work.call(scenario.number, scenario.phone))

    assert (call.line_status, call.failure) == (LineStatus.NOT_DIALLED, scenario.failure)
    assert call.member_dialled_at is None
    entry = queue.get(call.entry_id)
    assert (entry.state, entry.attempt_count) == (EntryState.LEASED, 0)
    assert operators.get(call.operator_id).state is OperatorState.PREVIEW


def test_a_number_outside_the_allow_list_is_not_dialled(at_work: House):
    call = at_work.wait_for_end(at_work.call("0912345678"))

    assert (call.state, call.failure) == (CallState.FAILED, Failure.BAD_NUMBER)
    assert (call.member_dialled_at, call.connected_at) == (None, None)


def test_calls_beside_each_other_are_told_apart(at_work: House):
    asked = {
        name: at_work.call(BY_NAME[name].number) for name in ("busy", "declined", "member_hangs_up", "unallocated")
    }

    ended = {name: at_work.wait_for_end(call_id).line_status for name, call_id in asked.items()}

    assert ended == {name: BY_NAME[name].status for name in asked}


@pytest.mark.parametrize(
    ("digit", "state", "status", "failure"),
    [
        ("0", CallState.CONNECTED, LineStatus.ANSWERED, None),
        ("3", CallState.MEMBER_RINGING, LineStatus.FAILED, Failure.MISSED),
    ],
    ids=["talking", "ringing"],
)
def test_a_killed_asterisk_ends_its_calls_and_serves_the_next_one(
    app: Flask, factories: SimpleNamespace, own_asterisk: bed.Asterisk, digit, state, status, failure
):
    with house(app, factories, own_asterisk.ports.ami) as at_work:
        call_id = at_work.call(MEMBER + digit)
        at_work.wait_for(call_id, state)

        own_asterisk.kill()
        own_asterisk.start()

        call = at_work.wait_for_end(call_id)
        assert (call.line_status, call.failure) == (status, failure)
        assert call.member_dialled_at is not None
        after = at_work.wait_for_end(at_work.call("02134567892"))
        assert after.line_status is LineStatus.BUSY


def test_a_call_asked_for_while_asterisk_is_away_waits_for_it(
    app: Flask, factories: SimpleNamespace, own_asterisk: bed.Asterisk
):
    with house(app, factories, own_asterisk.ports.ami) as at_work:
        at_work.wait_for_end(at_work.call(MEMBER + "2"))
        own_asterisk.kill()
        call_id = at_work.call("02134567892")
        own_asterisk.start()

        call = at_work.wait_for_end(call_id)

    assert (call.line_status, call.failure) == (LineStatus.BUSY, None)
    assert db.session.scalar(select(func.count(Call.id))) == 2
