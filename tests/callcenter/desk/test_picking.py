from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time

import pytest

from callcenter.campaigns.hours import Closed
from callcenter.campaigns.hours import Hours
from callcenter.desk import picking

# Sunday 1 Azar 1405, 11:30 in Tehran.
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOURS = Hours(
    zone="Asia/Tehran",
    opens_at=time(10),
    closes_at=time(20),
    rest_weekdays={6},
    holidays={date(2026, 12, 1)},
)


def places(months):
    return [one for month in months for week in month.weeks for one in week]


def test_sixty_days_from_today_stand_in_weeks_from_saturday():
    months = picking.months(HOURS, language="fa", now=NOW)

    assert [month.title for month in months] == ["آذر ۱۴۰۵", "دی ۱۴۰۵"]
    first = months[0].weeks[0]
    assert [one and one.number for one in first] == [None, 1, 2, 3, 4, 5, 6]
    assert {len(week) for month in months for week in month.weeks} == {7}
    assert len([one for one in places(months) if one]) == 60


def test_english_reads_the_same_days_in_its_own_months():
    months = picking.months(HOURS, language="en", now=NOW)

    assert [month.title for month in months] == ["November 2026", "December 2026", "January 2027"]
    assert [one.day for one in places(months) if one] == [
        one.day for one in places(picking.months(HOURS, language="fa", now=NOW)) if one
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 27), Closed.REST_DAY),
        (date(2026, 12, 1), Closed.HOLIDAY),
    ],
)
def test_days_without_calls_say_why(day, expected):
    closed = {one.day: one.closed for one in places(picking.months(HOURS, language="fa", now=NOW)) if one}

    assert closed[day] is expected


def test_today_is_closed_once_its_hours_are_over():
    months = picking.months(HOURS, language="fa", now=NOW.replace(hour=17))

    assert next(one for one in places(months) if one).closed is Closed.HOURS
