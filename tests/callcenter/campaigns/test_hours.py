from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.campaigns import queries
from callcenter.campaigns.hours import Closed
from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import CampaignState

HOURS = {"opens_at": time(10), "closes_at": time(20, 30)}


FRIDAY = 6


def hours(**days):
    return Hours(zone="UTC", **HOURS, **days)


@pytest.mark.parametrize(
    ("there", "days", "expected"),
    [
        (datetime(2025, 11, 21, 10, 0, tzinfo=UTC), {}, None),
        (datetime(2025, 11, 21, 9, 59, 59, tzinfo=UTC), {}, Closed.HOURS),
        (datetime(2025, 11, 21, 20, 29, 59, tzinfo=UTC), {}, None),
        (datetime(2025, 11, 21, 20, 30, tzinfo=UTC), {}, Closed.HOURS),
        (datetime(2025, 11, 21, 12, tzinfo=UTC), dict.fromkeys(("starts_on", "ends_on"), date(2025, 11, 21)), None),
        (datetime(2025, 11, 21, 12, tzinfo=UTC), {"starts_on": date(2025, 11, 22)}, Closed.NOT_BEGUN),
        (datetime(2025, 11, 21, 12, tzinfo=UTC), {"ends_on": date(2025, 11, 20)}, Closed.OVER),
        (datetime(2025, 11, 21, 12, tzinfo=UTC), {"rest_weekdays": {FRIDAY}}, Closed.REST_DAY),
        (datetime(2025, 11, 21, 12, tzinfo=UTC), {"holidays": {date(2025, 11, 21)}}, Closed.HOLIDAY),
    ],
)  # fmt: skip
def test_a_campaign_calls_in_its_hours_and_days(there, days, expected):
    assert hours(**days).closed_because(there) is expected


@pytest.mark.parametrize(
    ("now", "days", "expected"),
    [
        (datetime(2025, 11, 20, 12, tzinfo=UTC), {}, datetime(2025, 11, 20, 12, tzinfo=UTC)),
        (datetime(2025, 11, 20, 7, tzinfo=UTC), {}, datetime(2025, 11, 20, 10, tzinfo=UTC)),
        (datetime(2025, 11, 20, 21, tzinfo=UTC), {}, datetime(2025, 11, 21, 10, tzinfo=UTC)),
        (datetime(2025, 11, 20, 21, tzinfo=UTC), {"rest_weekdays": {FRIDAY}}, datetime(2025, 11, 22, 10, tzinfo=UTC)),
        (
            datetime(2025, 11, 20, 21, tzinfo=UTC),
            {"rest_weekdays": {FRIDAY}, "holidays": {date(2025, 11, 22)}},
            datetime(2025, 11, 23, 10, tzinfo=UTC),
        ),
        (datetime(2025, 11, 20, 12, tzinfo=UTC), {"starts_on": date(2026, 2, 1)}, datetime(2026, 2, 1, 10, tzinfo=UTC)),
        (datetime(2025, 11, 20, 21, tzinfo=UTC), {"ends_on": date(2025, 11, 20)}, None),
    ],
)  # fmt: skip
def test_the_next_open_hour(now, days, expected):
    assert hours(**days).next_open(now) == expected


def test_the_opening_is_that_of_the_zone_through_the_change_of_clocks():
    london = Hours(zone="Europe/London", **HOURS)

    before = london.next_open(datetime(2026, 3, 28, 21, tzinfo=UTC))

    assert before == datetime(2026, 3, 29, 9, tzinfo=UTC)


@given(minutes=st.integers(0, 2 * 366 * 24 * 60), rest=st.sets(st.integers(0, 6), max_size=6))
def test_the_next_open_hour_is_open_and_never_earlier(minutes, rest):
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    tehran = Hours(zone="Asia/Tehran", **HOURS, rest_weekdays=rest)

    found = tehran.next_open(now)

    assert found >= now
    assert tehran.is_open(found)


def test_hours_are_those_of_the_clubs_clock(factories):
    tehran, london = factories.club(), factories.club(time_zone="Europe/London")
    first = factories.campaign(tehran, **HOURS, priority=20)
    second = factories.campaign(london, **HOURS, priority=10)
    factories.campaign(tehran, **HOURS, state=CampaignState.PAUSED)
    factories.campaign(factories.club(), **HOURS)
    clubs = [tehran.id, london.id]

    def open_at(hour):
        return queries.open_campaign_ids(clubs, now=datetime(2025, 11, 21, hour, 0, tzinfo=UTC))

    assert open_at(8) == [first.id]
    assert open_at(12) == [second.id, first.id]
    assert open_at(19) == [second.id]
