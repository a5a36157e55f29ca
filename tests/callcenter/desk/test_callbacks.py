from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from callcenter.campaigns.hours import Hours
from callcenter.desk import callbacks
from callcenter.desk.errors import ClosedThenError
from config.errors import InvalidInputError

# Saturday 30 Aban 1404, 15:30 in Tehran.
NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
ZONE = "Asia/Tehran"
HOURS = Hours(zone=ZONE, opens_at=time(10), closes_at=time(20))


@pytest.mark.parametrize(
    ("day", "typed", "clock", "expected"),
    [
        pytest.param("today", "", "17:30", datetime(2025, 11, 21, 14, tzinfo=UTC), id="today"),
        pytest.param("tomorrow", "", "۹", datetime(2025, 11, 22, 5, 30, tzinfo=UTC), id="a Persian hour tomorrow"),
        pytest.param("other", "۱۴۰۴/۰۹/۱۰", "۱۰:۱۵", datetime(2025, 12, 1, 6, 45, tzinfo=UTC), id="a Jalali day"),
        pytest.param("other", "2025-12-01", "10:15", datetime(2025, 12, 1, 6, 45, tzinfo=UTC), id="a Gregorian day"),
    ],
)
def test_a_promised_call_is_a_moment_in_utc(day, typed, clock, expected):
    assert callbacks.moment(day, typed, clock, zone=ZONE, now=NOW) == expected


@pytest.mark.parametrize(
    ("day", "typed", "clock", "field"),
    [
        pytest.param("today", "", "15:00", "time", id="an hour that is past"),
        pytest.param("today", "", "25:00", "time", id="no hour of the clock"),
        pytest.param("today", "", "soon", "time", id="a word"),
        pytest.param("other", "1404/13/01", "10:00", "date", id="no day of the calendar"),
        pytest.param("other", "", "10:00", "date", id="no day at all"),
        pytest.param("other", "1405/03/01", "10:00", "date", id="half a year ahead"),
    ],
)
def test_what_cannot_be_promised_is_refused_at_its_field(day, typed, clock, field):
    with pytest.raises(InvalidInputError) as refusal:
        callbacks.moment(day, typed, clock, zone=ZONE, now=NOW)

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(NOW, datetime(2025, 11, 21, 12, 30, tzinfo=UTC), id="the next full hour"),
        pytest.param(NOW.replace(minute=27), datetime(2025, 11, 21, 13, 30, tzinfo=UTC), id="not one about to strike"),
        pytest.param(NOW.replace(hour=18), datetime(2025, 11, 22, 6, 30, tzinfo=UTC), id="the next morning"),
    ],
)
def test_the_first_suggestion_lies_in_the_calling_hours(now, expected):
    assert callbacks.suggestion(HOURS, now=now) == expected


def test_a_time_in_the_hours_may_be_promised():
    callbacks.ensure_open(NOW, NOW + timedelta(hours=4, minutes=30), hours=HOURS)


@pytest.mark.parametrize(
    ("at", "until", "field", "nearest"),
    [
        (NOW.replace(hour=18), None, "time", datetime(2025, 11, 22, 6, 30, tzinfo=UTC)),
        (NOW.replace(hour=5), None, "time", datetime(2025, 11, 21, 6, 30, tzinfo=UTC)),
        (NOW, NOW.replace(hour=17), "until", datetime(2025, 11, 21, 16, 30, tzinfo=UTC)),
        (NOW + timedelta(days=2), None, "time", None),
    ],
    ids=["after the hours", "before them", "hours that go on too long", "after the last day"],
)
def test_a_time_outside_the_hours_is_refused_with_the_nearest(at, until, field, nearest):
    hours = replace(HOURS, ends_on=date(2025, 11, 22))

    with pytest.raises(ClosedThenError) as refusal:
        callbacks.ensure_open(at, until, hours=hours)

    assert (refusal.value.field, refusal.value.nearest) == (field, nearest)
