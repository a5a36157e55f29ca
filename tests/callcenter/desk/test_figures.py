from __future__ import annotations

import re
from datetime import timedelta

from callcenter.desk import queries
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from config.database import db
from config.database import utcnow

ZONE = "UTC"


def figures(place, now):
    return queries.figures(place.operator.id, zone=ZONE, now=now)


def shift(place, now, call_count=0):
    return queries.shift(place.operator.id, call_count=call_count, zone=ZONE, now=now)


def shown(desk):
    return desk.client.get("/desk/today").get_data(as_text=True)


def test_the_day_has_its_calls_and_its_time(desk, place, factories, waiting):
    noon = utcnow().replace(hour=12, minute=0, second=0, microsecond=0)
    operator, entry = place.operator, waiting()
    for minutes, state in enumerate((OperatorState.DIALLING, OperatorState.ON_CALL, OperatorState.WRAP_UP)):
        states.change(operator.id, state, now=noon + timedelta(minutes=minutes))
    states.change(operator.id, OperatorState.READY, now=noon + timedelta(minutes=3))
    db.session.commit()
    factories.call(entry, operator, requested_at=noon, disposition="1.1")
    factories.call(entry, operator, requested_at=noon - timedelta(days=1))

    today = figures(place, noon + timedelta(minutes=4))

    assert (today.call_count, today.complete_count) == (1, 1)
    spent = shift(place, noon + timedelta(minutes=4), today.call_count)
    assert spent.average_handling_seconds == 180
    assert spent.occupancy == 0.75


def test_a_night_at_home_is_no_part_of_the_day(desk, place):
    midnight = utcnow().replace(hour=0, minute=0, second=0, microsecond=0)
    states.change(place.operator.id, OperatorState.READY, now=midnight - timedelta(hours=3))

    today = shift(place, midnight + timedelta(minutes=10))

    assert today.available_seconds == 600


def test_the_desk_shows_the_operators_own_day(desk, answered):
    today = shown(desk)

    assert re.search(r"میانگین زمان هر تماس</dt><dd>[۰-۹]+:[۰-۹]{2}", today)
    assert "ضریب اشغال" in today


def test_before_the_first_call_there_are_no_averages(desk):
    today = shown(desk)

    assert re.search(r"میانگین زمان هر تماس</dt><dd>—", today)
    assert re.search(r"ضریب بهره‌وری[^<]*</dt><dd>—", today)
