from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from callcenter.calls import requesting
from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony import asked
from callcenter.telephony.dialler import Dialler
from callcenter.telephony.follower import Follower
from callcenter.telephony.messages import LegAppeared
from club.members.stop_calls import add_do_not_call
from config.database import db
from config.database import utcnow
from tests.support.calling import read_call
from tests.support.calling import requested_call
from tests.support.channels import PLAN


@pytest.fixture
def request_call(factories):
    return partial(requested_call, factories)


def test_a_requested_call_becomes_an_order(dialler, line, request_call):
    call_id = request_call(phone="+989123456780", extension="101")

    dialler.work(now=utcnow())

    call, (order,) = read_call(call_id), line.orders
    assert (order.channel, order.context, order.number) == ("PJSIP/101", "hamseda-member", "09123456780")
    assert order.channel_id == call.channel_id
    assert order.variables == {
        "HAMSEDA_CALL": str(call_id),
        "HAMSEDA_CAMPAIGN": str(call.campaign_id),
        "HAMSEDA_CLUB": str(call.club_id),
    }
    assert call.state is CallState.DIALLING


def test_a_number_abroad_is_dialled_in_digits(dialler, line, request_call):
    request_call(phone="+4930123456")

    dialler.work(now=utcnow())

    assert line.orders[0].number == "004930123456"


def test_the_call_is_marked_as_sent_before_the_order_leaves(dialler, line, request_call):
    call_id = request_call()
    seen = []
    line.on_order = lambda _order: seen.append((read_call(call_id).state, read_call(call_id).sent_at))

    dialler.work(now=utcnow())

    assert seen[0][0] is CallState.DIALLING
    assert seen[0][1] is not None


def test_a_crash_at_the_order_never_dials_twice(app, dialler, line, request_call, caplog):
    request_call()
    line.on_order = lambda _order: 1 / 0
    dialler.work(now=utcnow())
    line.on_order = lambda _order: None

    Dialler(app, line, Follower(app, line), PLAN).work(now=utcnow())

    assert line.orders == []


def test_two_processes_do_not_send_the_same_call(app, dialler, line, request_call):
    request_call()

    for one in (dialler, Dialler(app, line, Follower(app, line), PLAN)):
        one.work(now=utcnow())

    assert len(line.orders) == 1


def test_an_extension_that_would_ring_another_phone_is_not_dialled(dialler, line, request_call):
    call_id = request_call(extension="101&PJSIP/102")

    dialler.work(now=utcnow())

    assert line.orders == []
    assert read_call(call_id).failure == Failure.OPERATOR_UNREACHABLE


def test_without_a_connection_a_call_waits_and_then_fails_with_a_reason(dialler, line, request_call):
    call_id = request_call()
    line.is_connected = False

    dialler.work(now=utcnow())
    assert read_call(call_id).state is CallState.REQUESTED

    dialler.work(now=utcnow() + timedelta(seconds=16))
    call = read_call(call_id)
    assert (call.state, call.line_status, call.failure) == (CallState.FAILED, LineStatus.FAILED, Failure.LINE_DOWN)


def test_a_call_asked_for_long_ago_does_not_ring_now(dialler, line, request_call):
    call_id = request_call()

    dialler.work(now=utcnow() + timedelta(seconds=16))

    assert line.orders == []
    assert read_call(call_id).state is CallState.FAILED


def test_a_connection_that_breaks_at_the_order_fails_the_call(dialler, line, request_call):
    call_id = request_call()

    def break_now(_order):
        line.is_connected = False
        line.hangup("x")

    line.on_order = break_now
    dialler.work(now=utcnow())

    assert read_call(call_id).failure == Failure.LINE_DOWN


def test_a_call_hung_up_before_it_was_sent_is_not_sent(dialler, line, request_call):
    call_id = request_call()
    requesting.request_hangup(call_id, now=utcnow())
    db.session.commit()

    dialler.work(now=utcnow())

    assert line.orders == []
    assert read_call(call_id).line_status is LineStatus.NOT_DIALLED


def test_a_hang_up_is_sent_once_and_again_only_after_a_while(dialler, follower, line, request_call, monkeypatch):
    call_id = request_call()
    dialler.work(now=utcnow())
    channel_id = read_call(call_id).channel_id
    requesting.request_hangup(call_id, now=utcnow())
    db.session.commit()

    for _ in range(3):
        dialler.work(now=utcnow())
    assert line.hangups == [channel_id]

    follower.take(LegAppeared("PJSIP/101-1", channel_id, channel_id))
    monkeypatch.setattr(asked, "AGAIN_SECONDS", 0)
    dialler.work(now=utcnow())
    assert line.hangups == [channel_id, "PJSIP/101-1"]


def test_one_bad_call_does_not_stop_the_others(dialler, line, request_call, caplog):
    bad, good = request_call(phone="+989123456781"), request_call(phone="+989123456782")

    def refuse_the_first(order):
        if order.number == "09123456781":
            raise ZeroDivisionError

    line.on_order = refuse_the_first
    dialler.work(now=utcnow())

    assert [order.number for order in line.orders] == ["09123456782"]
    assert f"call {bad} could not be served" in caplog.text
    assert read_call(good).state is CallState.DIALLING


def test_who_asked_not_to_be_called_after_the_press_is_not_dialled(dialler, line, request_call):
    call_id = request_call()
    call = read_call(call_id)
    add_do_not_call(call.club_id, call.member_id, reason="asked", note=None, user_id=None)
    db.session.commit()

    dialler.work(now=utcnow())

    call = read_call(call_id)
    assert line.orders == []
    assert (call.failure, call.member_dialled_at) == (Failure.NOT_TO_BE_CALLED, None)
