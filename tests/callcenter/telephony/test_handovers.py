"""A live call goes to another desk, over a real socket and the simulated exchange."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.handover import asking
from callcenter.handover import handing
from callcenter.handover.models import Handover
from callcenter.listening import phones
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import queries as queue
from callcenter.telephony.exchange.server import running
from callcenter.telephony.messages import JoinRefused
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from tests.support.calling import held_entry
from tests.support.calling import read_call
from tests.support.house_on_line import SETTINGS
from tests.support.house_on_line import HouseOnLine
from tests.support.house_on_line import house_at_work

WAIT_SECONDS = 120


class Transfers(HouseOnLine):
    """A house in which a call goes from desk to desk."""

    def wake(self):
        db.session.commit()
        self.pbx.inbox.wake()

    def offer(self, call_id, to_id):
        asking.offer(read_call(call_id).operator_id, call_id=call_id, to_id=to_id, now=utcnow())
        self.wake()

    def take_over(self, call_id, supervisor_id):
        call = read_call(call_id)
        handing.take_over(call.club_id, call.operator_id, supervisor_id=supervisor_id, now=utcnow())
        self.wake()

    def confirm(self, operator_id):
        asking.confirm(operator_id, now=utcnow())
        self.wake()

    def take_back(self, operator_id):
        asking.take_back(operator_id, now=utcnow())
        self.wake()

    def wait_for_row(self, holds):
        """The newest hand-over once this holds of it."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            db.session.rollback()
            row = db.session.scalars(select(Handover).order_by(Handover.id.desc()).limit(1)).one()
            if holds(row):
                return row
            assert time.monotonic() < deadline, (
                f"sent {row.sent_at}, answered {row.answered_at}, ended {row.ended_at}, {row.failure}"
            )
            db.session.rollback()
            time.sleep(0.01)


@pytest.fixture
def exchange():
    with running(SETTINGS) as exchange:
        yield exchange


@pytest.fixture
def house(app, exchange):
    with house_at_work(app, exchange.port, Transfers) as house:
        yield house


@pytest.fixture
def talk(house, factories):
    """A call in which the two talk."""
    call_id = house.request(held_entry(factories, phone="+989123456780"))
    house.wait_for(call_id, "connected")
    return call_id


@pytest.fixture
def supervisor(talk, factories):
    """The id of a supervisor with a phone."""
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, read_call(talk).club_id)])
    phones.give(person.id, "150")
    db.session.commit()
    return person.id


def live(exchange):
    return {channel.device for channel in exchange.exchange.switchboard.channels.values()}


def is_done(row):
    return row.done_at is not None


def is_over(row):
    return row.ended_at is not None


def test_a_supervisor_takes_a_live_call_over(house, exchange, talk, supervisor):
    giver = read_call(talk).operator_id

    house.take_over(talk, supervisor)

    row = house.wait_for_row(is_done)
    call = house.wait_until(talk, lambda call: call.operator_id == supervisor)
    assert (call.state, call.leg_id, call.extension) == (CallState.CONNECTED, row.channel_id, "150")
    assert queue.held_by(supervisor) == call.entry_id
    assert operators.get(supervisor).state is OperatorState.ON_CALL
    assert (operators.get(giver).state, operators.get(giver).state_reason) == (OperatorState.WRAP_UP, "handed_over")
    house.hang_up(talk)
    ended = house.wait_until(talk, lambda call: call.ended_at is not None)
    assert ended.line_status is LineStatus.ANSWERED
    assert operators.get(supervisor).state is OperatorState.WRAP_UP
    assert live(exchange) == set()


def test_an_operator_talks_with_the_supervisor_first_and_then_hands_over(house, exchange, talk, supervisor):
    giver = read_call(talk).operator_id

    house.offer(talk, supervisor)
    house.wait_for_row(lambda row: row.answered_at is not None)
    call = read_call(talk)
    assert (call.operator_id, call.is_on_hold) == (giver, True)

    house.confirm(giver)

    house.wait_for_row(is_done)
    call = house.wait_until(talk, lambda call: call.operator_id == supervisor)
    assert (call.wants_hold, call.is_on_hold, call.has_wish_failed) == (False, False, False)
    house.hang_up(talk)
    house.wait_until(talk, lambda call: call.ended_at is not None)
    assert live(exchange) == set()


@pytest.mark.parametrize("is_answered", [True, False], ids=["answered", "ringing"])
def test_an_operator_takes_the_member_back(house, exchange, talk, supervisor, is_answered):
    giver = read_call(talk).operator_id
    if not is_answered:
        phones.give(supervisor, "silent")
        db.session.commit()
    house.offer(talk, supervisor)
    house.wait_for_row(lambda row: row.answered_at is not None if is_answered else row.sent_at is not None)

    house.take_back(giver)

    assert house.wait_for_row(is_over).failure == "taken_back"
    call = house.wait_until(talk, lambda call: not call.is_on_hold)
    assert (call.operator_id, call.state, call.wants_hold) == (giver, CallState.CONNECTED, False)
    assert operators.get(supervisor).state is OperatorState.OFF
    house.hang_up(talk)
    house.wait_until(talk, lambda call: call.ended_at is not None)
    assert live(exchange) == set()


def test_a_phone_that_nobody_answers_leaves_the_member_with_the_operator(house, talk, supervisor):
    phones.give(supervisor, "none")
    db.session.commit()
    house.offer(talk, supervisor)

    assert house.wait_for_row(is_over).failure == "phone"
    call = read_call(talk)
    assert (call.state, call.is_on_hold, call.wants_hold) == (CallState.CONNECTED, True, True)
    house.wish(talk, hold=False)
    house.wait_until(talk, lambda call: not call.is_on_hold)
    house.hang_up(talk)
    house.wait_for_end(talk)


def test_a_call_that_ends_meanwhile_ends_the_handover(house, exchange, talk, supervisor):
    house.offer(talk, supervisor)
    house.wait_for_row(lambda row: row.answered_at is not None)

    house.hang_up(talk)

    house.wait_until(talk, lambda call: call.ended_at is not None)
    row = house.wait_for_row(is_over)
    assert row.done_at is None
    deadline = time.monotonic() + WAIT_SECONDS
    while live(exchange):
        assert time.monotonic() < deadline, live(exchange)
        time.sleep(0.01)


def test_a_join_that_was_asked_for_once_too_often_harms_nothing(house, exchange, talk, supervisor):
    house.take_over(talk, supervisor)
    row = house.wait_for_row(is_done)

    house.pbx.inbox.put(JoinRefused(read_call(talk).channel_id, row.channel_id, "joined"))

    house.wish(talk, hold=True)
    house.wait_until(talk, lambda call: call.is_on_hold)
    assert read_call(talk).operator_id == supervisor
    house.hang_up(talk)
    house.wait_until(talk, lambda call: call.ended_at is not None)


@pytest.mark.parametrize("breaks", ["the connection", "the process"])
def test_a_handover_goes_on_after_something_broke(house, exchange, talk, supervisor, breaks):
    giver = read_call(talk).operator_id
    house.offer(talk, supervisor)
    house.wait_for_row(lambda row: row.answered_at is not None)

    if breaks == "the process":
        house.stop()
        house.start()
    else:
        exchange.drop_links()
    house.confirm(giver)

    house.wait_for_row(is_done)
    assert read_call(talk).operator_id == supervisor
    house.wish(talk, hold=True)
    house.wait_until(talk, lambda call: call.is_on_hold)
    house.wish(talk, hold=False)
    house.wait_until(talk, lambda call: not call.is_on_hold)
    house.hang_up(talk)
    house.wait_until(talk, lambda call: call.ended_at is not None)
    assert live(exchange) == set()


def test_a_call_taken_over_is_handed_on_to_an_operator_who_is_free(house, exchange, talk, supervisor, factories):
    club = db.session.get_one(Club, read_call(talk).club_id)
    taker = factories.operator([club], state=OperatorState.READY).id
    house.take_over(talk, supervisor)
    house.wait_for_row(is_done)

    handing.hand_to(club.id, supervisor, to_id=taker, given_by=supervisor, now=utcnow())
    house.wake()

    call = house.wait_until(talk, lambda call: call.operator_id == taker)
    assert call.state is CallState.CONNECTED
    assert operators.get(supervisor).state is OperatorState.OFF
    states.see(taker, now=utcnow())
    house.hang_up(talk)
    house.wait_until(talk, lambda call: call.ended_at is not None)
    assert live(exchange) == set()
