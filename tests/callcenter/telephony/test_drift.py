from __future__ import annotations

import pytest

from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.drift import DriftCheck
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LiveChannel
from config.database import utcnow
from tests.support.calling import read_call
from tests.support.calling import sent_call
from tests.support.channels import MEMBER
from tests.support.channels import PHONE
from tests.support.channels import TRUNK
from tests.support.channels import live
from tests.support.channels import tell
from tests.support.channels import to_the_talk

NOTHING = {"gone": 0, "behind": 0, "leftover": 0}


@pytest.fixture
def drift(app, line, follower):
    return DriftCheck(app, line, follower)


@pytest.fixture
def check(drift):
    return drift.check


def test_a_call_the_exchange_does_not_know_after_a_restart_fails_and_is_not_redialled(line, check, call):
    assert check((), asked_at=utcnow(), had_gap=True)

    row = read_call(call.id)
    assert (row.state, row.failure) == (CallState.FAILED, Failure.UNKNOWN_TO_LINE)
    assert row.member_dialled_at is None
    assert line.orders == []


def test_a_conversation_that_ended_meanwhile_is_ended(follower, check, call):
    tell(follower, *to_the_talk(call.channel_id))

    check((), asked_at=utcnow(), had_gap=True)

    row = read_call(call.id)
    assert (row.state, row.line_status) == (CallState.ENDED, LineStatus.ANSWERED)


def test_a_call_that_went_on_meanwhile_is_brought_up_to_it(follower, check, call):
    tell(follower, *to_the_talk(call.channel_id)[:1])

    check(live(call.channel_id), asked_at=utcnow(), had_gap=True)

    assert read_call(call.id).state is CallState.CONNECTED


def test_a_call_sent_as_the_list_was_asked_for_is_not_judged_by_it(check, factories):
    call = sent_call(factories)

    assert not check((), asked_at=utcnow(), had_gap=True)

    assert read_call(call.id).state is CallState.DIALLING


@pytest.mark.parametrize(("legs", "hung_up"), [(1, [PHONE]), (2, [])], ids=["a lone operator", "two who talk"])
def test_only_a_lone_leg_of_a_call_that_is_over_is_hung_up(follower, line, check, call, legs, hung_up):
    follower.give_up()

    check(live(call.channel_id, legs=legs), asked_at=utcnow(), had_gap=True)

    assert line.hangups == hung_up


def test_a_lost_event_is_mended_when_two_lists_tell_of_it(follower, drift, call):
    tell(follower, *to_the_talk(call.channel_id)[:3])

    drift.check(live(call.channel_id), asked_at=utcnow(), had_gap=False)
    assert (read_call(call.id).state, drift.take_mended()) == (CallState.MEMBER_DIALLING, NOTHING)

    drift.check(live(call.channel_id), asked_at=utcnow(), had_gap=False)
    assert (read_call(call.id).state, drift.take_mended()) == (CallState.CONNECTED, NOTHING | {"behind": 1})


def test_a_list_that_was_only_a_moment_apart_mends_nothing(follower, line, drift, call):
    tell(follower, *to_the_talk(call.channel_id))
    lists = [live(call.channel_id, legs=1), live(call.channel_id), live(call.channel_id, legs=1)]

    for channels in lists:
        drift.check(channels, asked_at=utcnow(), had_gap=False)

    assert (drift.take_mended(), line.hangups) == (NOTHING, [])
    assert read_call(call.id).state is CallState.CONNECTED


def test_how_a_call_ended_is_told_by_the_event_that_comes_after_the_list(follower, drift, call):
    tell(follower, *to_the_talk(call.channel_id)[:3])

    drift.check((), asked_at=utcnow(), had_gap=False)
    tell(
        follower,
        DialEnded(MEMBER, call.channel_id, caller=call.channel_id, status="BUSY"),
        LegHungUp(MEMBER, call.channel_id, 17, ""),
        LegHungUp(call.channel_id, call.channel_id, 17, ""),
    )

    row = read_call(call.id)
    assert (row.line_status, row.failure, drift.take_mended()) == (LineStatus.BUSY, None, NOTHING)


def test_calls_that_stand_as_we_know_them_are_not_counted(follower, drift, call):
    tell(follower, *to_the_talk(call.channel_id))

    for _ in range(3):
        drift.check(live(call.channel_id), asked_at=utcnow(), had_gap=True)

    assert drift.take_mended() == NOTHING


def test_a_call_without_channels_is_ended_when_two_lists_tell_of_it_and_counted_once(drift, call):
    assert not drift.check((), asked_at=utcnow(), had_gap=False)
    assert read_call(call.id).ended_at is None

    for _ in range(2):
        assert drift.check((), asked_at=utcnow(), had_gap=False)

    assert drift.take_mended() == NOTHING | {"gone": 1}
    assert drift.take_mended() == NOTHING


def test_a_leg_that_the_other_one_left_behind_is_ended(follower, line, drift, call):
    tell(follower, *to_the_talk(call.channel_id), LegHungUp(call.channel_id, call.channel_id, 16, ""))
    alone = (LiveChannel(TRUNK, MEMBER, call.channel_id, 6),)

    drift.check(alone, asked_at=utcnow(), had_gap=False)
    assert line.hangups == []

    drift.check(alone, asked_at=utcnow(), had_gap=False)
    assert (line.hangups, drift.take_mended()) == ([TRUNK], NOTHING | {"leftover": 1})


def test_a_connection_that_breaks_while_mending_is_no_error(follower, line, drift, call):
    follower.give_up()
    line.is_connected = False

    drift.check(live(call.channel_id, legs=1), asked_at=utcnow(), had_gap=True)

    assert drift.take_mended() == NOTHING
