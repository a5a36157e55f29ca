from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest

from callcenter.desk import callbacks
from config.errors import InvalidInputError

# Saturday 30 Aban 1404, 15:30 in Tehran.
NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
ZONE = "Asia/Tehran"


@pytest.mark.parametrize(
    ("day", "date", "time", "expected"),
    [
        pytest.param("today", "", "17:30", datetime(2025, 11, 21, 14, tzinfo=UTC), id="today"),
        pytest.param("tomorrow", "", "۹", datetime(2025, 11, 22, 5, 30, tzinfo=UTC), id="a Persian hour tomorrow"),
        pytest.param("other", "۱۴۰۴/۰۹/۱۰", "۱۰:۱۵", datetime(2025, 12, 1, 6, 45, tzinfo=UTC), id="a Jalali day"),
        pytest.param("other", "2025-12-01", "10:15", datetime(2025, 12, 1, 6, 45, tzinfo=UTC), id="a Gregorian day"),
    ],
)
def test_a_promised_call_is_a_moment_in_utc(day, date, time, expected):
    assert callbacks.moment(day, date, time, zone=ZONE, now=NOW) == expected


@pytest.mark.parametrize(
    ("day", "date", "time", "field"),
    [
        pytest.param("today", "", "15:00", "time", id="an hour that is past"),
        pytest.param("today", "", "25:00", "time", id="no hour of the clock"),
        pytest.param("today", "", "soon", "time", id="a word"),
        pytest.param("other", "1404/13/01", "10:00", "date", id="no day of the calendar"),
        pytest.param("other", "", "10:00", "date", id="no day at all"),
        pytest.param("other", "1405/03/01", "10:00", "date", id="half a year ahead"),
    ],
)
def test_what_cannot_be_promised_is_refused_at_its_field(day, date, time, field):
    with pytest.raises(InvalidInputError) as refusal:
        callbacks.moment(day, date, time, zone=ZONE, now=NOW)

    assert refusal.value.field == field


def test_the_first_suggestion_is_the_next_full_hour():
    assert callbacks.suggestion(ZONE, NOW) == ("today", "16:00")


def test_an_hour_that_is_about_to_strike_is_not_suggested():
    assert callbacks.suggestion(ZONE, NOW.replace(minute=27)) == ("today", "17:00")


def test_late_in_the_evening_the_suggestion_is_tomorrow_morning():
    assert callbacks.suggestion(ZONE, NOW.replace(hour=18)) == ("tomorrow", "10:00")
