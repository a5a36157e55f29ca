from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from callcenter.operators import queries
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.shifts import Stay

MIDNIGHT = datetime(2025, 11, 21, 20, 30, tzinfo=UTC)
BEFORE, AFTER, LATER = (MIDNIGHT + timedelta(minutes=minutes) for minutes in (-30, 30, 60))


@pytest.fixture
def operator(factories):
    noise = factories.operator()
    states.change(noise.id, OperatorState.READY, now=AFTER)
    return factories.operator()


def test_the_stays_of_a_day_begin_with_the_one_that_reaches_into_it(operator):
    states.change(operator.id, OperatorState.READY, now=BEFORE - timedelta(hours=1))
    states.change(operator.id, OperatorState.PAUSED, reason="lunch", now=BEFORE)
    states.change(operator.id, OperatorState.READY, now=AFTER)
    states.change(operator.id, OperatorState.OFF, now=LATER)

    assert queries.stays([operator.id], since=MIDNIGHT) == {
        operator.id: [
            Stay(OperatorState.PAUSED, BEFORE, AFTER, False),
            Stay(OperatorState.READY, AFTER, LATER, None),
            Stay(OperatorState.OFF, LATER, None, None),
        ]
    }


def test_whoever_begins_today_has_only_todays_stays(operator):
    states.change(operator.id, OperatorState.READY, now=AFTER)

    assert queries.stays([operator.id], since=MIDNIGHT) == {operator.id: [Stay(OperatorState.READY, AFTER, None, None)]}


def test_whoever_never_worked_has_none(operator):
    assert queries.stays([operator.id], since=MIDNIGHT) == {operator.id: []}
