"""A live call goes to a supervisor on a real Asterisk, and the member hears who has it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.handover import asking
from callcenter.handover.models import Handover
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from config.database import db
from config.database import utcnow
from tests.asterisk.house import WAIT_SECONDS
from tests.asterisk.sound import tone
from tests.support.calling import writing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.asterisk import bed
    from tests.asterisk.house import House

# The supervisor's tone is about 7,000 where it is heard, the operator's about 15,000; silence is below 10.
AUDIBLE = 1000
SUPERVISOR, OPERATOR = 440, 1004


def offer(at_work: House, call_id: int, phone: str = "supervisor") -> int:
    """The operator offers the call to a supervisor with this phone; gives the supervisor's id."""
    supervisor_id = at_work.supervisor(phone)
    with writing():
        giver = at_work.read(call_id).operator_id
        asking.offer(giver, call_id=call_id, to_id=supervisor_id, now=utcnow())
    at_work.wake()
    return supervisor_id


def act(at_work: House, call_id: int, what: Callable[..., None]) -> None:
    with writing():
        what(at_work.read(call_id).operator_id, now=utcnow())
    at_work.wake()


def wait_for_row(until: Callable[[Handover], bool]) -> Handover:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        db.session.rollback()
        row = db.session.scalars(select(Handover).order_by(Handover.id.desc()).limit(1)).one()
        if until(row):
            return row
        assert time.monotonic() < deadline, f"sent {row.sent_at}, answered {row.answered_at}, {row.failure}"
        time.sleep(0.05)


def heard(asterisk: bed.Asterisk, who: str, hertz: int) -> bool:
    """Whether a tone of this pitch reaches this side of the call."""
    return tone(asterisk.spool / who, hertz, pieces=2) > AUDIBLE


def channels(asterisk: bed.Asterisk) -> str:
    return asterisk.run("core show channels concise")


def test_a_supervisor_takes_over_and_the_member_hears_them_instead(at_work: House, talk: int, asterisk: bed.Asterisk):
    supervisor_id = at_work.take_over(talk)

    row = wait_for_row(lambda row: row.done_at is not None)

    call = at_work.wait(talk, lambda call: call.operator_id == supervisor_id)
    assert (call.state, call.leg_id) == (CallState.CONNECTED, row.channel_id)
    assert heard(asterisk, "heard.sln", SUPERVISOR)
    assert not heard(asterisk, "heard.sln", OPERATOR)
    assert call.channel_id not in channels(asterisk)
    at_work.hang_up(talk)
    assert at_work.wait_for_end(talk).line_status is LineStatus.ANSWERED
    assert operators.get(supervisor_id).state is OperatorState.WRAP_UP
    assert row.channel_id not in channels(asterisk)


def test_the_operator_talks_with_the_supervisor_while_the_member_waits_and_then_hands_over(
    at_work: House, talk: int, asterisk: bed.Asterisk
):
    supervisor_id = offer(at_work, talk)
    wait_for_row(lambda row: row.answered_at is not None)
    assert heard(asterisk, "heard-by-operator.sln", SUPERVISOR)
    assert not heard(asterisk, "heard.sln", SUPERVISOR)
    assert at_work.read(talk).is_on_hold

    act(at_work, talk, asking.confirm)

    wait_for_row(lambda row: row.done_at is not None)
    assert heard(asterisk, "heard.sln", SUPERVISOR)
    call = at_work.wait(talk, lambda call: call.operator_id == supervisor_id)
    for is_wanted in (True, False):
        at_work.hold(talk, is_wanted=is_wanted)
        at_work.wait(talk, lambda call, is_wanted=is_wanted: call.is_on_hold is is_wanted)
    assert heard(asterisk, "heard.sln", SUPERVISOR)
    at_work.hang_up(talk)
    at_work.wait_for_end(talk)
    assert str(call.leg_id) not in channels(asterisk)


@pytest.mark.parametrize("phone", ["supervisor", "silent"], ids=["answered", "ringing"])
def test_the_operator_takes_the_member_back(at_work: House, talk: int, asterisk: bed.Asterisk, phone: str):
    offer(at_work, talk, phone)
    wait_for_row(lambda row: row.answered_at is not None if phone == "supervisor" else row.sent_at is not None)

    act(at_work, talk, asking.take_back)

    assert wait_for_row(lambda row: row.ended_at is not None).failure == "taken_back"
    at_work.wait(talk, lambda call: not call.is_on_hold)
    assert heard(asterisk, "heard.sln", OPERATOR)
    assert not heard(asterisk, "heard.sln", SUPERVISOR)
    at_work.hang_up(talk)
    assert at_work.wait_for_end(talk).line_status is LineStatus.ANSWERED


@pytest.mark.parametrize("phone", ["busy", "none"])
def test_a_phone_that_is_not_reached_leaves_the_member_on_hold_with_the_operator(
    at_work: House, talk: int, asterisk: bed.Asterisk, phone: str
):
    offer(at_work, talk, phone)

    assert wait_for_row(lambda row: row.ended_at is not None).failure == "phone"

    assert at_work.read(talk).is_on_hold
    at_work.hold(talk, is_wanted=False)
    at_work.wait(talk, lambda call: not call.is_on_hold)
    assert heard(asterisk, "heard.sln", OPERATOR)


def test_the_end_of_the_call_ends_everything(at_work: House, talk: int, asterisk: bed.Asterisk):
    offer(at_work, talk)
    row = wait_for_row(lambda row: row.answered_at is not None)

    at_work.hang_up(talk)

    at_work.wait_for_end(talk)
    assert wait_for_row(lambda row: row.ended_at is not None).done_at is None
    deadline = time.monotonic() + WAIT_SECONDS
    while str(row.channel_id) in channels(asterisk):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_process_that_starts_meanwhile_goes_on_with_it(at_work: House, talk: int, asterisk: bed.Asterisk):
    supervisor_id = offer(at_work, talk)
    wait_for_row(lambda row: row.answered_at is not None)
    at_work.restart()

    act(at_work, talk, asking.confirm)

    wait_for_row(lambda row: row.done_at is not None)
    assert at_work.read(talk).operator_id == supervisor_id
    at_work.restart()
    at_work.hang_up(talk)
    assert at_work.wait_for_end(talk).line_status is LineStatus.ANSWERED
