from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.operators.models import OperatorState
from callcenter.operators.shifts import Shift
from callcenter.operators.shifts import Stay
from callcenter.operators.shifts import add_up

NINE = datetime(2025, 11, 21, 9, tzinfo=UTC)
NOON = datetime(2025, 11, 21, 12, tzinfo=UTC)


def day(*parts):
    """Stays one after the other from nine o'clock on, each (state, seconds, is_paid or nothing)."""
    stays, at = [], NINE
    for state, seconds, *paid in parts:
        until = at + timedelta(seconds=seconds)
        stays.append(Stay(state, at, until, paid[0] if paid else None))
        at = until
    return stays


def figures(stays, *, since=NINE, until=NINE + timedelta(days=1), call_count=0):
    return add_up(stays, since=since, until=until, call_count=call_count)


def test_the_published_day_of_an_operator_has_its_published_figures():
    stays = day(
        (OperatorState.ON_CALL, 14_400),
        (OperatorState.ON_CALL, 600),
        (OperatorState.WRAP_UP, 3_600),
        (OperatorState.READY, 5_400),
        (OperatorState.PAUSED, 3_600, True),
        (OperatorState.PAUSED, 1_200, True),
    )

    shift = figures(stays, call_count=60)

    assert shift.average_handling_seconds == 310
    assert shift.average_wrap_up_seconds == 60
    assert shift.occupancy == pytest.approx(0.775)
    assert shift.utilisation == pytest.approx(0.8333, abs=5e-5)
    assert shift.handling_seconds / shift.paid_seconds == pytest.approx(0.6458, abs=5e-5)


def test_every_state_adds_to_its_own_part_and_nobody_works_off_the_queue():
    stays = day(
        (OperatorState.READY, 1),
        (OperatorState.PREVIEW, 2),
        (OperatorState.DIALLING, 4),
        (OperatorState.ON_CALL, 8),
        (OperatorState.WRAP_UP, 16),
        (OperatorState.PAUSED, 32, True),
        (OperatorState.PAUSED, 64, False),
        (OperatorState.AWAY, 128),
        (OperatorState.OFF, 256),
    )

    shift = figures(stays, call_count=3)

    assert shift == Shift(2, 4, 8, 16, 1, 32, 64, 128, 3)
    assert shift.handling_seconds == 2 + 4 + 8 + 16
    assert shift.paid_seconds == 2 + 4 + 8 + 16 + 1 + 32


def test_an_unpaid_pause_costs_no_utilisation_and_a_paid_one_does():
    work = (OperatorState.READY, 300)

    assert figures(day(work, (OperatorState.PAUSED, 300, False))).utilisation == 1
    assert figures(day(work, (OperatorState.PAUSED, 300, True))).utilisation == 0.5


def test_a_shift_without_a_second_has_parts_but_no_ratios():
    shift = figures([])

    assert shift == Shift()
    assert (shift.occupancy, shift.utilisation) == (None, None)
    assert (shift.average_handling_seconds, shift.average_wrap_up_seconds) == (None, None)


@pytest.mark.parametrize(
    ("since", "until", "seconds"),
    [
        (NINE, NINE + timedelta(hours=1), 3600),
        (NINE - timedelta(hours=1), None, 3 * 3600),
        (NINE - timedelta(hours=2), NINE, 0),
        (NOON, None, 0),
        (NINE + timedelta(hours=1), NINE + timedelta(hours=9), 2 * 3600),
    ],
    ids=["within", "still going on", "over before", "yet to come", "longer than the day"],
)
def test_only_what_lies_between_the_two_moments_counts(since, until, seconds):
    stay = Stay(OperatorState.READY, since, until)

    assert figures([stay], since=NINE, until=NOON).available_seconds == seconds


def test_the_parts_of_a_day_cut_in_two_are_those_of_the_whole():
    stays = day((OperatorState.READY, 700), (OperatorState.ON_CALL, 6_500), (OperatorState.WRAP_UP, 90))
    cut = NINE + timedelta(hours=1)

    morning, rest = figures(stays, until=cut), figures(stays, since=cut)

    assert morning.on_call_seconds + rest.on_call_seconds == figures(stays).on_call_seconds == 6_500
    assert morning.available_seconds + rest.available_seconds == 700
