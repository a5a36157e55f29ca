from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time

import pytest

from callcenter.campaigns import queries
from callcenter.campaigns.hours import is_open
from callcenter.campaigns.models import CampaignState

HOURS = {"opens_at": time(10), "closes_at": time(20, 30)}


@pytest.mark.parametrize(
    ("there", "days", "expected"),
    [
        (datetime(2025, 11, 21, 10, 0, tzinfo=UTC), (None, None), True),
        (datetime(2025, 11, 21, 9, 59, 59, tzinfo=UTC), (None, None), False),
        (datetime(2025, 11, 21, 20, 29, 59, tzinfo=UTC), (None, None), True),
        (datetime(2025, 11, 21, 20, 30, tzinfo=UTC), (None, None), False),
        (datetime(2025, 11, 21, 12, 0, tzinfo=UTC), (date(2025, 11, 21), date(2025, 11, 21)), True),
        (datetime(2025, 11, 21, 12, 0, tzinfo=UTC), (date(2025, 11, 22), None), False),
        (datetime(2025, 11, 21, 12, 0, tzinfo=UTC), (None, date(2025, 11, 20)), False),
    ],
)  # fmt: skip
def test_a_campaign_calls_in_its_hours_and_days(there, days, expected):
    assert is_open(there, **HOURS, starts_on=days[0], ends_on=days[1]) is expected


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
