from __future__ import annotations

from datetime import timedelta

import pytest

from callcenter.calls.models import Call
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import jobs
from callcenter.queue import queries
from callcenter.queue.models import EntryState
from config.database import db
from config.database import utcnow

ELEVEN_MINUTES = timedelta(minutes=11)


@pytest.fixture
def operator(factories):
    return factories.operator(seen_at=utcnow() - ELEVEN_MINUTES)


@pytest.fixture
def held(factories, operator):
    now = utcnow()
    campaign = factories.campaign(factories.club())
    lease = {"state": EntryState.LEASED, "operator_id": operator.id, "leased_at": now}
    member = factories.member(factories.club())
    return factories.entry(campaign, member, **lease, lease_until=now + timedelta(minutes=4))


def go_away(operator, from_state=OperatorState.PREVIEW):
    states.change(operator.id, from_state, now=utcnow() - ELEVEN_MINUTES)
    states.go_away(now=utcnow())
    db.session.commit()


def state_of(operator):
    db.session.rollback()
    line = operators.get(operator.id)
    return line.state, line.state_reason


def test_who_is_away_too_long_is_signed_off_and_the_member_waits_for_another(operator, held):
    go_away(operator)

    jobs.sign_off_silent()

    assert state_of(operator) == (OperatorState.OFF, states.SILENT)
    assert queries.get(held.id).state is EntryState.WAITING
    assert queries.held_by(operator.id) is None


def test_an_answered_call_gets_the_outcome_that_was_owed(operator, held, factories):
    call = factories.call(held, operator, connected_at=utcnow())
    go_away(operator, OperatorState.WRAP_UP)

    jobs.sign_off_silent()

    line = queries.get(held.id)
    assert db.session.get_one(Call, call.id).disposition == "2.36"
    assert (line.state, line.outcome, line.attempt_count) == (EntryState.WAITING, "2.36", 1)


def test_who_holds_nobody_is_signed_off_too(operator):
    go_away(operator, OperatorState.READY)

    jobs.sign_off_silent()

    assert state_of(operator) == (OperatorState.OFF, states.SILENT)


def test_who_is_away_for_a_moment_keeps_the_member(operator, held):
    go_away(operator)
    states.see(operator.id, now=utcnow())
    states.change(operator.id, OperatorState.AWAY, reason="preview", now=utcnow())
    db.session.commit()

    jobs.sign_off_silent()

    assert state_of(operator)[0] is OperatorState.AWAY
    assert queries.held_by(operator.id) == held.id


def test_nobody_is_signed_off_from_a_live_call(operator, held, factories):
    factories.call(held, operator, ended_at=None)
    go_away(operator)

    jobs.sign_off_silent()

    assert state_of(operator)[0] is OperatorState.AWAY
    assert queries.held_by(operator.id) == held.id


@pytest.mark.parametrize(
    ("hours", "expected"), [(1, OperatorState.PAUSED), (3, OperatorState.OFF)], ids=["lunch", "gone home"]
)
def test_a_pause_outlasts_a_meal_with_the_screen_switched_off_but_not_the_day(factories, hours, expected):
    operator = factories.operator(seen_at=utcnow() - timedelta(hours=hours))
    states.change(operator.id, OperatorState.PAUSED, reason="lunch", now=utcnow() - timedelta(hours=hours))
    db.session.commit()

    jobs.sign_off_silent()

    assert state_of(operator)[0] is expected


def test_who_is_at_work_or_at_home_is_left_alone(factories):
    ready, off = factories.operator(seen_at=utcnow()), factories.operator(seen_at=utcnow() - timedelta(days=1))
    states.change(ready.id, OperatorState.READY, now=utcnow() - timedelta(hours=4))
    db.session.commit()

    jobs.sign_off_silent()

    assert state_of(ready) == (OperatorState.READY, None)
    assert state_of(off) == (OperatorState.OFF, None)
