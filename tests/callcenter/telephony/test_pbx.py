"""The whole way over a real socket: request, pbx process, manager client, simulated exchange, and back to the row."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from callcenter.calls import dialling
from callcenter.calls import requesting
from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.listening import phones
from callcenter.listening import requesting as listening
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.telephony.exchange.server import running
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.pbx import Pbx
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from config.processes import heartbeats
from tests.support.calling import held_entry
from tests.support.calling import kinds
from tests.support.calling import read_call
from tests.support.channels import PLAN
from tests.support.house_on_line import SETTINGS
from tests.support.house_on_line import house_at_work
from tests.support.recording_line import RecordingLine

WAIT_SECONDS = 120


@pytest.fixture
def exchange(request):
    with running(getattr(request, "param", SETTINGS)) as exchange:
        yield exchange


@pytest.fixture
def house(app, exchange):
    with house_at_work(app, exchange.port) as house:
        yield house


UNANSWERED = [
    ("1", LineStatus.WRONG_NUMBER, "4.31"),
    ("2", LineStatus.BUSY, "3.12"),
    ("3", LineStatus.NO_ANSWER, "3.13"),
    ("4", LineStatus.REJECTED, "3.16"),
    ("5", LineStatus.CONGESTION, "3.16"),
]


@pytest.mark.parametrize(("digit", "status", "code"), UNANSWERED)
def test_an_unanswered_call_ends_with_its_status_and_code(house, factories, digit, status, code):
    call = house.wait_for_end(house.request(held_entry(factories, phone=f"+98912345678{digit}")))

    assert (call.line_status, call.disposition) == (status, code)
    assert call.member_dialled_at is not None
    assert operators.get(call.operator_id).state is OperatorState.WRAP_UP


def test_an_answered_call_ends_when_the_operator_hangs_up(house, factories):
    call_id = house.request(held_entry(factories, phone="+989123456780"))
    connected = house.wait_for(call_id, "connected")
    assert operators.get(connected.operator_id).state is OperatorState.ON_CALL

    house.hang_up(call_id)

    call = house.wait_for_end(call_id)
    assert (call.state, call.line_status, call.disposition) == (CallState.ENDED, LineStatus.ANSWERED, None)
    assert call.requested_at < call.member_dialled_at < call.connected_at < call.ended_at


def test_a_member_who_hangs_up_in_the_middle_ends_the_call(house, factories):
    call = house.wait_for_end(house.request(held_entry(factories, phone="+989123456786")))

    assert (call.line_status, call.failure) == (LineStatus.ANSWERED, None)
    assert call.connected_at is not None


# Slowly enough that the phone still rings when somebody hangs up.
@pytest.mark.parametrize("exchange", [replace(SETTINGS, speed=5)], indirect=True, ids=["slow"])
def test_hanging_up_while_the_member_rings_is_no_answer_of_the_member(house, factories):
    call_id = house.request(held_entry(factories, phone="+989123456783"))
    house.wait_for(call_id, "member_ringing")

    house.hang_up(call_id)

    assert house.wait_for_end(call_id).line_status is LineStatus.NOT_DIALLED


NOT_DIALLED = [("silent", Failure.OPERATOR_NO_ANSWER), ("none", Failure.OPERATOR_UNREACHABLE)]


@pytest.mark.parametrize(("extension", "failure"), NOT_DIALLED)
def test_an_operators_phone_that_is_not_there_leaves_the_member_alone(house, factories, extension, failure):
    call = house.wait_for_end(house.request(held_entry(factories, extension=extension)))

    assert (call.line_status, call.failure, call.member_dialled_at) == (LineStatus.NOT_DIALLED, failure, None)
    assert operators.get(call.operator_id).state is OperatorState.PREVIEW


def test_a_number_that_may_not_be_dialled_fails_with_a_reason(house, factories):
    call = house.wait_for_end(house.request(held_entry(factories, phone="+98110")))

    assert (call.state, call.failure) == (CallState.FAILED, Failure.BAD_NUMBER)


def test_many_calls_at_once_each_come_to_their_own_end(house, factories):
    expected = {"0": None, "1": "4.31", "2": "3.12", "4": "3.16", "5": "3.16"}
    calls = {
        digit: house.request(held_entry(factories, phone=f"+98912345{number}{digit}"))
        for number, digit in enumerate(expected, start=600)
    }
    house.wait_for(calls["0"], "connected")
    house.hang_up(calls["0"])

    assert {digit: house.wait_for_end(call_id).disposition for digit, call_id in calls.items()} == expected


def test_a_conversation_outlives_the_connection_to_the_exchange(house, factories, exchange):
    call_id = house.request(held_entry(factories, phone="+989123456780"))
    house.wait_for(call_id, "connected")

    exchange.drop_links()
    # A second call goes through only over the new connection.
    house.wait_for_end(house.request(held_entry(factories, phone="+989123456781")))

    assert read_call(call_id).state is CallState.CONNECTED
    house.hang_up(call_id)
    assert house.wait_for_end(call_id).line_status is LineStatus.ANSWERED


def test_a_new_process_follows_on_the_calls_of_the_one_that_died(house, factories):
    call_id = house.request(held_entry(factories, phone="+989123456780"))
    house.wait_for(call_id, "connected")
    house.stop()

    house.hang_up(call_id)
    house.start()

    call = house.wait_for_end(call_id)
    assert (call.state, call.line_status) == (CallState.ENDED, LineStatus.ANSWERED)
    assert kinds(call_id).count("Sent") == 1


def test_a_process_that_died_before_the_order_left_does_not_send_it_again(house, factories, monkeypatch):
    house.stop()
    held = held_entry(factories, phone="+989123456780")
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    monkeypatch.setattr("callcenter.telephony.drift.GRACE", utcnow() - utcnow())
    dialling.take(call_id, now=utcnow())
    db.session.commit()

    house.start()

    call = house.wait_for_end(call_id)
    assert (call.state, call.failure) == (CallState.FAILED, Failure.UNKNOWN_TO_LINE)
    assert call.member_dialled_at is None


def test_the_process_shows_that_it_is_connected(house, app, factories):
    house.wait_for_end(house.request(held_entry(factories, phone="+989123456782")))

    assert heartbeats.is_beating("line")


@pytest.fixture
def quiet_pbx(app):
    """A pbx process without a thread: each turn is the test's."""
    line = RecordingLine()
    pbx = Pbx(app, line, PLAN)
    line.start(pbx.inbox.put)
    return pbx, line


def test_after_each_connection_the_live_channels_are_asked_for(quiet_pbx):
    pbx, line = quiet_pbx

    for generation in (1, 2):
        line.deliver(LinkUp(generation))
        pbx.turn()

    assert line.list_count >= 2


def test_a_fault_in_one_turn_does_not_stop_the_process(quiet_pbx, factories, monkeypatch, caplog):
    pbx, line = quiet_pbx
    held = held_entry(factories)
    requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    with monkeypatch.context() as broken:
        broken.setattr(dialling, "wanting_work", lambda: 1 / 0)
        pbx.inbox.wake()
        pbx.turn()

    pbx.inbox.wake()
    pbx.turn()

    assert len(line.orders) == 1


def test_an_exchange_that_stays_away_ends_the_calls_on_the_line(quiet_pbx, factories, monkeypatch):
    pbx, line = quiet_pbx
    held = held_entry(factories)
    call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
    db.session.commit()
    pbx.inbox.wake()
    pbx.turn()
    assert read_call(call_id).state is CallState.DIALLING

    line.is_connected = False
    monkeypatch.setattr("callcenter.telephony.pbx.GIVE_UP_SECONDS", 0)
    pbx.inbox.wake()
    pbx.turn()

    assert read_call(call_id).failure == Failure.UNKNOWN_TO_LINE


@pytest.fixture
def talk(house, factories):
    """A call in which the two talk."""
    call_id = house.request(held_entry(factories, phone="+989123456780"))
    house.wait_for(call_id, "connected")
    return call_id


def test_mute_and_hold_go_the_whole_way_and_back(house, talk):
    house.wish(talk, mute=True, hold=True)
    house.wait_until(talk, lambda call: call.is_muted and call.is_on_hold)

    house.wish(talk, hold=False)
    call = house.wait_until(talk, lambda call: not call.is_on_hold)

    assert (call.state, call.is_muted) == (CallState.CONNECTED, True)
    house.hang_up(talk)
    assert house.wait_for_end(talk).line_status is LineStatus.ANSWERED


def test_a_call_hung_up_on_hold_ends(house, exchange, talk):
    house.wish(talk, hold=True)
    house.wait_until(talk, lambda call: call.is_on_hold)

    house.hang_up(talk)

    assert house.wait_for_end(talk).line_status is LineStatus.ANSWERED
    assert exchange.exchange.switchboard.channels == {}


@pytest.mark.parametrize("breaks", ["the connection", "the process"])
def test_a_talk_on_hold_is_still_so_after_something_broke_and_goes_on(house, exchange, talk, breaks):
    house.wish(talk, hold=True)
    house.wait_until(talk, lambda call: call.is_on_hold)

    if breaks == "the process":
        house.stop()
        house.start()
    else:
        exchange.drop_links()
    house.wish(talk, hold=False)

    assert house.wait_until(talk, lambda call: not call.is_on_hold).state is CallState.CONNECTED
    house.hang_up(talk)
    house.wait_for_end(talk)


def test_a_wish_while_the_connection_is_away_is_done_after_it(house, exchange, talk):
    exchange.drop_links()

    house.wish(talk, hold=True)

    assert house.wait_until(talk, lambda call: call.is_on_hold).wants_hold
    house.hang_up(talk)
    house.wait_for_end(talk)


@pytest.mark.parametrize("ends", ["the supervisor leaves", "the call ends"])
def test_a_supervisor_is_on_a_call_until_one_of_the_two_ends(house, factories, talk, ends):
    call = read_call(talk)
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])
    phones.give(person.id, "150")
    row_id = listening.begin(talk, person.id, club_id=call.club_id, manner=Manner.LISTEN, now=utcnow())
    db.session.commit()
    house.pbx.inbox.wake()
    wait_for_ear(row_id, lambda row: row.started_at is not None)

    if ends == "the call ends":
        house.hang_up(talk)
    else:
        listening.end(row_id, person.id, now=utcnow())
        db.session.commit()
        house.pbx.inbox.wake()

    assert wait_for_ear(row_id, lambda row: row.ended_at is not None).failure is None
    if ends == "the call ends":
        house.wait_for_end(talk)
    else:
        assert read_call(talk).state is CallState.CONNECTED


def wait_for_ear(row_id, holds):
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        db.session.rollback()
        row = db.session.get_one(Listening, row_id, populate_existing=True)
        if holds(row):
            return row
        assert time.monotonic() < deadline, f"started {row.started_at}, ended {row.ended_at}, {row.failure}"
        db.session.rollback()
        time.sleep(0.01)
