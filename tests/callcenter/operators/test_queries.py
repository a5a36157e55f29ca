from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.operators import queries
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.shifts import Shift

MIDNIGHT = datetime(2025, 11, 21, 20, 30, tzinfo=UTC)


def at(minutes):
    return MIDNIGHT + timedelta(minutes=minutes)


@pytest.fixture
def operator(factories):
    noise = factories.operator()
    states.change(noise.id, OperatorState.READY, now=at(-90))
    return factories.operator()


def shift_of(operator, *, now, calls=None):
    return queries.shifts([operator.id], since=MIDNIGHT, now=now, calls=calls or {})[operator.id]


def test_a_day_begins_with_the_rest_of_the_stay_that_reaches_into_it_and_ends_now(operator):
    states.change(operator.id, OperatorState.READY, now=at(-90))
    states.change(operator.id, OperatorState.PAUSED, reason="lunch", now=at(-30))
    states.change(operator.id, OperatorState.READY, now=at(30))
    states.change(operator.id, OperatorState.ON_CALL, now=at(60))
    states.change(operator.id, OperatorState.WRAP_UP, now=at(65))
    states.change(operator.id, OperatorState.READY, now=at(66))
    states.change(operator.id, OperatorState.PAUSED, reason="break", now=at(70))

    shift = shift_of(operator, now=at(80), calls={operator.id: 1})

    assert shift == Shift(
        unpaid_pause_seconds=30 * 60,
        available_seconds=34 * 60,
        on_call_seconds=5 * 60,
        wrap_up_seconds=60,
        paid_pause_seconds=10 * 60,
        call_count=1,
    )


def test_a_stay_longer_than_the_day_counts_once(operator):
    states.change(operator.id, OperatorState.READY, now=at(-600))

    assert shift_of(operator, now=at(10)) == Shift(available_seconds=600)


def test_a_stay_that_begins_at_midnight_counts_once(operator):
    states.change(operator.id, OperatorState.READY, now=at(-5))
    states.change(operator.id, OperatorState.WRAP_UP, now=at(0))
    states.change(operator.id, OperatorState.OFF, now=at(7))

    assert shift_of(operator, now=at(10)) == Shift(wrap_up_seconds=420)


def test_the_same_state_many_times_is_one_sum(operator):
    for minute in range(0, 40, 2):
        states.change(operator.id, OperatorState.ON_CALL, now=at(minute))
        states.change(operator.id, OperatorState.WRAP_UP, now=at(minute + 1))

    shift = shift_of(operator, now=at(40), calls={operator.id: 20})

    assert (shift.on_call_seconds, shift.wrap_up_seconds) == (1200, 1200)
    assert shift.average_handling_seconds == 120


def test_whoever_never_worked_has_no_shift(operator):
    assert shift_of(operator, now=at(60)) == Shift()


def test_a_floor_without_operators_has_no_shifts(app):
    assert queries.shifts([], since=MIDNIGHT, now=at(1), calls={}) == {}
