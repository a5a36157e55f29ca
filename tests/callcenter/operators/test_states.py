from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.operators import queries
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.models import StateChange
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def operator(factories):
    return factories.operator([factories.club()], state_since=NOW)


def stays(operator):
    query = select(StateChange.state, StateChange.since, StateChange.until).where(
        StateChange.operator_id == operator.id
    )
    return [tuple(row) for row in db.session.execute(query.order_by(StateChange.id))]


def test_every_stay_is_a_row_and_only_the_last_one_is_open(operator):
    states.change(operator.id, OperatorState.READY, now=NOW)
    states.change(operator.id, OperatorState.PAUSED, reason="lunch", now=LATER)

    assert stays(operator) == [(OperatorState.READY, NOW, LATER), (OperatorState.PAUSED, LATER, None)]
    line = queries.get(operator.id)
    assert (line.state, line.state_reason, line.state_since) == (OperatorState.PAUSED, "lunch", LATER)


def test_the_same_state_again_changes_nothing(operator):
    states.change(operator.id, OperatorState.READY, now=NOW)
    states.change(operator.id, OperatorState.READY, now=LATER)

    assert stays(operator) == [(OperatorState.READY, NOW, None)]


def test_one_operators_change_leaves_the_others_alone(operator, factories):
    noise = factories.operator()
    states.change(noise.id, OperatorState.READY, now=NOW)

    states.change(operator.id, OperatorState.READY, now=LATER)

    assert stays(noise) == [(OperatorState.READY, NOW, None)]


def test_who_does_not_call_has_no_state(app):
    with pytest.raises(NotFoundError):
        states.change(99, OperatorState.READY, now=NOW)


def test_a_silent_screen_makes_its_operator_away_and_the_next_sign_brings_them_back(operator):
    states.change(operator.id, OperatorState.WRAP_UP, now=NOW)
    states.see(operator.id, now=NOW)

    assert states.go_away(now=NOW + states.AWAY_AFTER + timedelta(seconds=1)) == [operator.id]
    assert queries.get(operator.id).state is OperatorState.AWAY
    assert states.see(operator.id, now=LATER)
    assert queries.get(operator.id).state is OperatorState.WRAP_UP


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (OperatorState.ON_CALL, None),
        (OperatorState.DIALLING, None),
        (OperatorState.OFF, None),
        (OperatorState.PAUSED, "lunch"),
    ],
)
def test_nobody_goes_away_from_a_call_from_a_pause_or_from_home(operator, state, reason):
    states.see(operator.id, now=NOW)
    states.change(operator.id, state, reason=reason, now=NOW)

    assert states.go_away(now=NOW + timedelta(hours=1)) == []


def test_heartbeats_are_not_all_written(operator):
    assert states.see(operator.id, now=NOW)
    assert not states.see(operator.id, now=NOW + timedelta(seconds=3))
    assert states.see(operator.id, now=NOW + timedelta(seconds=20))
