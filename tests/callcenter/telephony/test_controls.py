from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls import requesting
from callcenter.calls.models import CallState
from callcenter.telephony import asked
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.follower import Follower
from callcenter.telephony.messages import BridgeEntered
from callcenter.telephony.messages import BridgeLeft
from callcenter.telephony.messages import Held
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import Muted
from callcenter.telephony.messages import WishRefused
from callcenter.telephony.port import Legs
from config.database import db
from config.database import utcnow
from tests.support.calling import kinds
from tests.support.calling import read_call
from tests.support.calling import sent_call
from tests.support.channels import MEMBER
from tests.support.channels import PHONE
from tests.support.channels import TRUNK
from tests.support.channels import tell
from tests.support.channels import to_the_talk


@pytest.fixture
def talk(factories, follower):
    """A call in which the two talk."""
    call = sent_call(factories)
    tell(follower, *to_the_talk(call.channel_id))
    assert read_call(call.id).state is CallState.CONNECTED
    return call


@pytest.fixture
def legs(talk):
    return Legs(channel_id=talk.channel_id, operator=PHONE, member=TRUNK)


def broken(_legs):
    raise LineDownError("the connection broke")


def wish(talk, *, mute=None, hold=None, at=None):
    if mute is not None:
        requesting.request_mute(talk.id, is_wanted=mute, now=at or utcnow())
    if hold is not None:
        requesting.request_hold(talk.id, is_wanted=hold, now=at or utcnow())
    db.session.commit()


def put_on_hold(dialler, follower, talk):
    wish(talk, hold=True)
    dialler.work(now=utcnow())
    follower.take(Held(talk.channel_id))


def test_mute_is_asked_for_once_and_kept_when_it_is_confirmed(dialler, follower, line, talk, legs):
    wish(talk, mute=True)

    for _ in range(2):
        dialler.work(now=utcnow())
    assert line.wishes == [("mute", legs, True)]
    assert not read_call(talk.id).is_muted

    follower.take(Muted(talk.channel_id, is_on=True))
    dialler.work(now=utcnow())
    assert read_call(talk.id).is_muted
    assert line.wishes == [("mute", legs, True)]

    wish(talk, mute=False)
    dialler.work(now=utcnow())
    assert line.wishes[1:] == [("mute", legs, False)]


def test_hold_and_back_go_to_the_line_and_are_written_down(dialler, follower, line, talk, legs):
    put_on_hold(dialler, follower, talk)
    assert read_call(talk.id).is_on_hold

    wish(talk, hold=False)
    dialler.work(now=utcnow())
    assert line.wishes == [("hold", legs), ("resume", legs)]
    assert read_call(talk.id).is_on_hold

    follower.take(BridgeEntered(MEMBER, talk.channel_id))
    assert not read_call(talk.id).is_on_hold
    assert kinds(talk.id)[-2:] == ["Held", "BridgeEntered"]


def test_what_is_not_confirmed_is_asked_for_again_but_never_the_way_back(
    dialler, follower, line, talk, legs, monkeypatch
):
    monkeypatch.setattr(asked, "AGAIN_SECONDS", 0)
    wish(talk, mute=True, hold=True)
    for _ in range(2):
        dialler.work(now=utcnow())
    assert line.wishes == [("mute", legs, True), ("hold", legs)] * 2

    follower.take(Muted(talk.channel_id, is_on=True))
    follower.take(Held(talk.channel_id))
    wish(talk, hold=False)
    for _ in range(3):
        dialler.work(now=utcnow())

    # The exchange parts two who hear each other when it is asked to bring them together.
    assert line.wishes[4:] == [("resume", legs)]


def test_who_presses_the_way_back_again_is_heard_again(dialler, follower, line, talk, legs):
    put_on_hold(dialler, follower, talk)

    for _ in range(2):
        wish(talk, hold=False)
        dialler.work(now=utcnow())

    assert line.wishes[1:] == [("resume", legs)] * 2


def test_the_way_back_that_got_lost_with_the_connection_is_asked_for_again(dialler, follower, line, talk, legs):
    put_on_hold(dialler, follower, talk)
    wish(talk, hold=False)
    dialler.work(now=utcnow())

    dialler.after_gap()
    dialler.work(now=utcnow())

    assert line.wishes[1:] == [("resume", legs)] * 2


def test_a_wish_that_is_not_done_in_time_is_taken_back(dialler, line, talk):
    wish(talk, mute=True, hold=True)
    line.is_connected = False

    dialler.work(now=utcnow())
    assert read_call(talk.id).wants_hold
    dialler.work(now=utcnow() + timedelta(seconds=11))

    call = read_call(talk.id)
    assert (call.wants_mute, call.wants_hold, call.has_wish_failed) == (False, False, True)
    assert kinds(talk.id)[-1] == "WishFailed"


def test_a_refusal_takes_the_wish_back_at_once(dialler, talk):
    wish(talk, hold=True)
    dialler.work(now=utcnow())

    dialler.refuse(WishRefused(talk.channel_id, "Did not find context hamseda-hold"))

    call = read_call(talk.id)
    assert (call.wants_hold, call.has_wish_failed) == (False, True)


def test_nothing_is_parted_or_joined_before_the_state_is_known(dialler, line, talk):
    wish(talk, hold=True)

    dialler.work(now=utcnow(), is_settled=False)

    assert line.wishes == []


def test_a_connection_that_breaks_in_that_moment_loses_no_wish(dialler, line, talk, monkeypatch):
    wish(talk, hold=True)
    monkeypatch.setattr(line, "hold", broken)

    dialler.work(now=utcnow())

    assert read_call(talk.id).wants_hold


@pytest.mark.parametrize(
    ("first", "second", "channel"),
    [(MEMBER, None, PHONE), (None, MEMBER, TRUNK)],
    ids=["the member gives up waiting", "the operator's phone hangs up"],
)
def test_who_is_left_behind_on_hold_is_hung_up(dialler, follower, line, talk, first, second, channel):
    put_on_hold(dialler, follower, talk)
    leaving, staying = first or talk.channel_id, second or talk.channel_id

    follower.take(LegHungUp(leaving, talk.channel_id, 16, ""))
    assert line.hangups == [channel]

    follower.take(LegHungUp(staying, talk.channel_id, 16, ""))
    assert read_call(talk.id).state is CallState.ENDED


def test_leaving_the_talk_for_hold_is_no_hanging_up(dialler, follower, line, talk):
    put_on_hold(dialler, follower, talk)

    for leg in (talk.channel_id, MEMBER):
        follower.take(BridgeLeft(leg, talk.channel_id))
    for leg in (talk.channel_id, MEMBER):
        follower.take(BridgeEntered(leg, talk.channel_id))

    call = read_call(talk.id)
    assert (call.state, call.is_on_hold, line.hangups) == (CallState.CONNECTED, False, [])


def test_a_new_process_takes_over_what_the_row_says(app, line, dialler, follower, talk, legs):
    put_on_hold(dialler, follower, talk)
    after_restart = Follower(app, line)

    for message in to_the_talk(talk.channel_id)[2:3]:
        after_restart.take(message)

    assert read_call(talk.id).is_on_hold
