from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.listening import phones
from callcenter.listening import requesting
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from callcenter.telephony.listener import Listener
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LiveChannel
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.messages import SpyStarted
from callcenter.telephony.tracker import Leg
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from tests.support.calling import report
from tests.support.calling import talk


@pytest.fixture
def listener(app, line):
    return Listener(app, line, operator_channel="PJSIP/{extension}")


@pytest.fixture
def call(factories):
    return talk(factories)


@pytest.fixture
def wanted(call, factories):
    """A supervisor has asked to whisper."""
    person = factories.user(Role.SUPERVISOR, [db.session.get_one(Club, call.club_id)])
    phones.give(person.id, "150")
    row_id = requesting.begin(call.id, person.id, club_id=call.club_id, manner=Manner.WHISPER, now=utcnow())
    db.session.commit()
    return read(row_id)


def read(row_id):
    db.session.rollback()
    row = db.session.get_one(Listening, row_id, populate_existing=True)
    db.session.expunge(row)
    db.session.rollback()
    return row


def ask_to_leave(row):
    requesting.end(row.id, row.supervisor_id, now=utcnow())
    db.session.commit()


def test_the_supervisors_phone_is_rung_once_for_the_operators_leg(listener, line, wanted, call):
    for _ in range(2):
        listener.work(now=utcnow())

    (order,) = line.orders
    assert (order.channel, order.context, order.number) == ("PJSIP/150", "hamseda-listen", "whisper")
    assert order.channel_id == wanted.channel_id
    assert order.variables == {"HAMSEDA_LISTEN": call.channel_id}


def test_what_happens_is_written_down_from_the_first_sound_to_the_end(listener, wanted):
    listener.work(now=utcnow())
    listener.take(LegAppeared("PJSIP/150-1", wanted.channel_id, wanted.channel_id))
    assert read(wanted.id).started_at is None

    listener.take(SpyStarted(wanted.channel_id))
    assert read(wanted.id).started_at is not None

    listener.take(LegHungUp(wanted.channel_id, wanted.channel_id, 16, ""))
    row = read(wanted.id)
    assert row.ended_at is not None
    assert row.failure is None


@pytest.mark.parametrize(
    ("message", "failure"),
    [
        (lambda channel: OriginateAnswered(channel, is_success=False, reason=3), "phone"),
        (lambda channel: OriginateRefused(channel, "Extension does not exist."), "refused"),
        (OriginateLost, "refused"),
        (lambda channel: LegHungUp(channel, channel, 0, ""), "not_heard"),
        (lambda channel: LegHungUp(channel, channel, 17, "User busy"), "phone"),
    ],
    ids=["nobody picks up", "no such place in the dialplan", "no reply", "the call was over", "busy"],
)
def test_what_came_to_nothing_says_why(listener, wanted, message, failure):
    listener.work(now=utcnow())

    listener.take(message(wanted.channel_id))

    row = read(wanted.id)
    assert (row.ended_at is not None, row.failure) == (True, failure)


def test_leaving_hangs_the_leg_up(listener, line, wanted):
    listener.work(now=utcnow())
    ask_to_leave(wanted)

    for _ in range(2):
        listener.work(now=utcnow())

    assert line.hangups == [wanted.channel_id]


def test_who_leaves_before_the_phone_rang_is_not_rung(listener, line, wanted):
    ask_to_leave(wanted)

    listener.work(now=utcnow())

    assert line.orders == []
    assert read(wanted.id).ended_at is not None


def test_the_end_of_the_call_ends_it(listener, line, wanted, call):
    listener.work(now=utcnow())
    report(call, {"m": Leg("m", is_gone=True, is_up=True), call.channel_id: Leg("o", is_gone=True)})

    listener.work(now=utcnow())

    assert line.hangups == [wanted.channel_id]


def test_a_phone_does_not_ring_long_after_the_press(listener, line, wanted):
    line.is_connected = False
    listener.work(now=utcnow())
    assert read(wanted.id).ended_at is None

    listener.work(now=utcnow() + timedelta(seconds=16))

    assert read(wanted.id).failure == "line_down"


def test_a_list_without_the_leg_ends_the_row(listener, wanted):
    listener.work(now=utcnow())

    listener.compare((), asked_at=utcnow())
    assert read(wanted.id).ended_at is None

    listener.compare((), asked_at=utcnow() + timedelta(seconds=4))
    assert read(wanted.id).ended_at is not None


def test_a_leg_whose_row_has_ended_is_hung_up(listener, line, wanted):
    listener.work(now=utcnow())
    listener.take(OriginateLost(wanted.channel_id))

    listener.compare((LiveChannel("PJSIP/150-1", wanted.channel_id, wanted.channel_id, 6),), asked_at=utcnow())

    assert line.hangups == [wanted.channel_id]


def test_what_is_said_about_calls_is_left_to_others(listener, call):
    assert not listener.take(LegAppeared("PJSIP/101-1", call.channel_id, call.channel_id))
