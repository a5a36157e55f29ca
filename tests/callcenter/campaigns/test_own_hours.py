from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.campaigns.hours import Closed
from callcenter.campaigns.hours import Hours
from callcenter.campaigns.own_hours import OwnHours
from callcenter.campaigns.own_hours import Window

# A Saturday; weekdays are counted from it.
SATURDAY = datetime(2026, 11, 21, tzinfo=UTC)
THURSDAY, FRIDAY = 5, 6
CAMPAIGN = Hours(zone="UTC", opens_at=time(10), closes_at=time(20), rest_weekdays={FRIDAY})
EVENINGS = OwnHours(
    "UTC", [Window(frozenset({0, 1}), time(17), time(21)), Window(frozenset({THURSDAY}), time(9), time(12))]
)


@pytest.mark.parametrize(
    ("hours", "opening"),
    [(0, 17), (17, 17), (20.9, 20.9), (21, 41), (45, 129), (131, 131), (132, 185)],
)
def test_the_next_window_of_a_member_is_found(hours, opening):
    assert EVENINGS.next_open(SATURDAY + timedelta(hours=hours)) == SATURDAY + timedelta(hours=opening)


@pytest.mark.parametrize(
    ("hours", "opening"),
    [(0, 17), (19, 19), (20, 41), (45, 130), (131, 131), (133, 185)],
)
def test_a_call_needs_the_hours_of_both(hours, opening):
    both = replace(CAMPAIGN, own=EVENINGS)

    assert both.next_open(SATURDAY + timedelta(hours=hours)) == SATURDAY + timedelta(hours=opening)


def test_windows_are_on_the_clock_of_the_members_place():
    berlin = OwnHours("Europe/Berlin", [Window(frozenset(range(7)), time(9), time(10))])

    assert berlin.is_open(datetime(2026, 11, 21, 8, 30, tzinfo=UTC))
    assert not berlin.is_open(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    assert berlin.is_open(datetime(2026, 7, 21, 7, 30, tzinfo=UTC))


def test_hours_that_never_meet_leave_no_moment():
    fridays = OwnHours("UTC", [Window(frozenset({FRIDAY}), time(9), time(12))])

    assert replace(CAMPAIGN, own=fridays).next_open(SATURDAY) is None


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(9, Closed.HOURS), (12, Closed.OWN_HOURS), (18, None), (150, Closed.REST_DAY)],
)
def test_the_reason_is_the_campaigns_own_before_the_members(hours, expected):
    assert replace(CAMPAIGN, own=EVENINGS).closed_because(SATURDAY + timedelta(hours=hours)) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(21, None), (23, Closed.OWN_HOURS), (26, None), (27, Closed.REST_DAY)],
)
def test_a_day_is_closed_when_none_of_its_hours_suits_both(day, expected):
    assert replace(CAMPAIGN, own=EVENINGS).day_closed_because(date(2026, 11, day)) is expected


def test_the_hours_of_both_end_with_the_first_of_them():
    both = replace(CAMPAIGN, own=EVENINGS)

    assert both.closing(SATURDAY + timedelta(hours=18)) == SATURDAY + timedelta(hours=20)
    assert both.closing(SATURDAY + timedelta(hours=5 * 24 + 11)) == SATURDAY + timedelta(hours=5 * 24 + 12)


@given(minutes=st.integers(0, 60 * 24 * 30), day=st.integers(0, 6), opens=st.integers(0, 21))
def test_the_next_opening_is_open_and_nothing_before_it_is(minutes, day, opens):
    own = OwnHours("Asia/Tehran", [Window(frozenset({day}), time(opens), time(opens + 2))])
    now = SATURDAY + timedelta(minutes=minutes)

    opening = own.next_open(now)

    assert own.is_open(opening)
    assert opening == now or not own.is_open(opening - timedelta(minutes=1))
    assert opening - now <= timedelta(days=7)
