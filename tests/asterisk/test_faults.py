"""What breaks while many calls run on a real Asterisk: the manager connection, and Asterisk itself."""

from __future__ import annotations

import re
from collections import Counter
from itertools import cycle
from typing import TYPE_CHECKING

from callcenter.calls.models import CallState
from tests.asterisk.house import house
from tests.support.calling import read_call
from tests.support.cutter import Cutter
from tests.support.settled import bring_to_an_end
from tests.support.settled import ensure_settled
from tests.support.settled import wait_until

if TYPE_CHECKING:
    from types import SimpleNamespace

    from flask import Flask

    from tests.asterisk import bed
    from tests.asterisk.house import House

DIALLED = re.compile(r"Called PJSIP/(0\d{10})@trunk")
CUT_EVERY_SECONDS = 3
CUTS_OF_A_MINUTE = 20
# What the members do: they talk, are not there, busy, silent, decline, hang up soon.
LAST_DIGITS = "000123046"


def ask_for(at_work: House, count: int, *, prefix: str) -> dict[int, str]:
    """Ask for so many calls; gives each one's number."""
    numbers = [f"{prefix}{number:04}{digit}" for number, digit in zip(range(count), cycle(LAST_DIGITS), strict=False)]
    return {at_work.call(number): number for number in numbers}


def ensure_all_settled(calls: dict[int, str], asterisk: bed.Asterisk) -> None:
    """Every call is over with one outcome, no member was dialled twice, and nothing is left on the exchange."""
    wait_until(lambda: "0 active channels" in asterisk.run("core show channels count"))
    for call_id in calls:
        ensure_settled(call_id)
    dialled = Counter(number for number in DIALLED.findall(asterisk.log) if number in calls.values())
    assert max(dialled.values()) == 1
    assert len(dialled) > len(calls) // 2


def test_fifty_calls_outlive_a_minute_in_which_the_connection_is_cut_every_few_seconds(
    app: Flask, factories: SimpleNamespace, own_asterisk: bed.Asterisk
):
    cutter = Cutter(own_asterisk.ports.ami, every_seconds=CUT_EVERY_SECONDS)
    with cutter.at_work(), house(app, factories, cutter.port) as at_work:
        calls = ask_for(at_work, 50, prefix="091234")
        wait_until(lambda: cutter.count >= CUTS_OF_A_MINUTE, cutter)

        bring_to_an_end(calls)

    ensure_all_settled(calls, own_asterisk)


def test_twenty_calls_end_when_asterisk_is_restarted_and_the_next_one_goes_through(
    app: Flask, factories: SimpleNamespace, own_asterisk: bed.Asterisk
):
    with house(app, factories, own_asterisk.ports.ami) as at_work:
        calls = ask_for(at_work, 20, prefix="091235")
        wait_until(lambda: all(read_call(call_id).state is not CallState.REQUESTED for call_id in calls))

        own_asterisk.kill()
        own_asterisk.start()
        bring_to_an_end(calls)
        after = ask_for(at_work, 1, prefix="091236")
        bring_to_an_end(after)

    ensure_all_settled(calls | after, own_asterisk)
    assert read_call(next(iter(after))).connected_at is not None
