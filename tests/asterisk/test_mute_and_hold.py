"""Mute and hold on a real Asterisk: asked for in the database, done by the pbx loop, and heard in the sound itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.sound import LOUD
from tests.asterisk.sound import QUIET
from tests.asterisk.sound import forget_sounds
from tests.asterisk.sound import loudness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from flask import Flask

    from tests.asterisk import bed
    from tests.asterisk.house import House


@pytest.fixture
def talk(at_work: House) -> Iterator[int]:
    with at_work.talk(MEMBER + "0") as call_id:
        yield call_id


def test_a_member_hears_nothing_of_a_muted_operator_not_even_after_hold(at_work: House, asterisk: bed.Asterisk):
    forget_sounds(asterisk.spool)
    call_id = at_work.call(MEMBER + "9", "speaks")
    at_work.wait_for(call_id, CallState.CONNECTED)
    heard = asterisk.spool / "heard.sln"
    assert loudness(heard, pieces=2) > LOUD

    at_work.mute(call_id, is_wanted=True)
    at_work.wait(call_id, lambda call: call.is_muted)
    assert loudness(heard, pieces=2) < QUIET

    at_work.hold(call_id, is_wanted=True)
    at_work.wait(call_id, lambda call: call.is_on_hold)
    at_work.hold(call_id, is_wanted=False)
    at_work.wait(call_id, lambda call: not call.is_on_hold)
    assert loudness(heard, pieces=2) < QUIET

    at_work.mute(call_id, is_wanted=False)
    at_work.wait(call_id, lambda call: not call.is_muted)
    assert loudness(heard, pieces=2) > LOUD
    at_work.hang_up(call_id)
    at_work.wait_for_end(call_id)


def test_a_talk_goes_on_after_hold_and_ends_as_any_other(at_work: House, talk: int):
    for is_wanted in (True, False, True, False):
        at_work.hold(talk, is_wanted=is_wanted)
        at_work.wait(talk, lambda call, is_wanted=is_wanted: call.is_on_hold is is_wanted)
    assert at_work.read(talk).state is CallState.CONNECTED

    at_work.hang_up(talk)

    call = at_work.wait_for_end(talk)
    assert (call.state, call.line_status, call.has_wish_failed) == (CallState.ENDED, LineStatus.ANSWERED, False)


def test_an_operator_who_hangs_up_on_hold_leaves_nobody_waiting(at_work: House, talk: int, asterisk: bed.Asterisk):
    at_work.hold(talk, is_wanted=True)
    at_work.wait(talk, lambda call: call.is_on_hold)

    at_work.hang_up(talk)

    call = at_work.wait_for_end(talk)
    assert call.line_status is LineStatus.ANSWERED
    assert call.channel_id not in asterisk.run("core show channels concise")


def test_a_process_that_starts_during_hold_brings_the_two_together(
    app: Flask, factories: SimpleNamespace, at_work: House, talk: int, asterisk: bed.Asterisk
):
    at_work.hold(talk, is_wanted=True)
    at_work.wait(talk, lambda call: call.is_on_hold)
    at_work.restart()

    at_work.hold(talk, is_wanted=False)

    assert at_work.wait(talk, lambda call: not call.is_on_hold).state is CallState.CONNECTED
