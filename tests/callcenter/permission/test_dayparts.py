from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls import disposing
from callcenter.campaigns.hours import Hours
from callcenter.permission import dayparts
from callcenter.permission import retiming
from callcenter.permission.dayparts import Part
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from config.database import db

# A Sunday; all hours below are on its clock.
SUNDAY = datetime(2026, 11, 22, tzinfo=UTC)
HOURS = Hours(zone="UTC", opens_at=time(10), closes_at=time(20))


def at(hours):
    return SUNDAY + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "part"),
    [
        (11.9, Part.MORNING),
        (12, Part.AFTERNOON),
        (17, Part.EVENING),
        (4 * 24 + 11, Part.MORNING_OFF),
        (5 * 24 + 13, Part.AFTERNOON_OFF),
        (6 * 24 + 18, Part.EVENING),
        (24 + 18, Part.EVENING_OFF),
    ],
)
def test_the_parts_of_working_days_and_days_off(hours, part):
    assert dayparts.part_of(at(hours), "UTC", holidays={date(2026, 11, 23)}) is part


def test_the_clock_is_that_of_the_zone():
    assert dayparts.part_of(datetime(2026, 11, 22, 8, 30, tzinfo=UTC), "Asia/Tehran") is Part.AFTERNOON


@pytest.mark.parametrize(
    ("tried", "earliest", "expected"),
    [
        ([], 13, 13),
        ([10.5], 13.5, 13.5),
        ([12.5], 15.5, 17),
        ([10.5, 13.5], 16.5, 17),
        ([10.5, 13.5, 18], 21, 34),
        ([10, 13, 18, 34], 37, 37),
        ([18], 21, 34),
        ([10, 34, 58], 61, 61),
    ],
    ids=["first call", "afternoon already", "late", "evening", "once each", "second round", "next morning", "mornings"],
)
def test_the_next_attempt_comes_in_the_part_that_was_tried_least(tried, earliest, expected):
    assert dayparts.spread(HOURS, at(earliest), [at(one) for one in tried]) == at(expected)


def test_without_open_hours_there_is_no_attempt():
    over = Hours(zone="UTC", opens_at=time(10), closes_at=time(20), ends_on=date(2026, 11, 21))

    assert dayparts.spread(over, at(10), [at(1)]) is None


@given(
    tried=st.lists(st.integers(-200, 0), max_size=12),
    earliest=st.integers(0, 24 * 8),
    opens=st.integers(0, 12),
    length=st.integers(1, 11),
)
def test_an_attempt_is_open_never_early_and_at_most_two_days_late(tried, earliest, opens, length):
    hours = Hours(zone="Asia/Tehran", opens_at=time(opens), closes_at=time(opens + length))

    found = dayparts.spread(hours, at(earliest), [at(one) for one in tried])

    first = hours.next_open(at(earliest))
    assert hours.is_open(found)
    assert first <= found <= first + dayparts.HORIZON


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, opens_at=time(10), closes_at=time(20))


# 13:00 in Tehran.
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SEVENTEEN = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)


@pytest.fixture
def tried(factories, campaign, club, operator):
    """Calls a member at 13:00 who does not answer, for the given cause; gives the entry."""

    def act(cause):
        held = {"state": EntryState.LEASED, "operator_id": operator.id, "lease_until": NOW + timedelta(minutes=9)}
        entry = factories.entry(campaign, factories.member(club), **held)
        call = factories.dialled_call(entry, operator, NOW, hangup_cause=cause)
        disposing.dispose_from_line(call.id, now=NOW)
        db.session.commit()
        return entry

    return act


def test_who_does_not_answer_is_tried_in_another_part_of_the_day(tried):
    assert queue.get(tried(19).id).due_at == SEVENTEEN


def test_who_is_busy_is_tried_again_soon(tried):
    assert queue.get(tried(17).id).due_at == NOW + timedelta(minutes=20)


def test_the_part_of_the_day_stays_when_the_rules_change(tried, campaign):
    entry = tried(19)

    retiming.move_some(campaign.id, after_id=0, now=NOW)

    assert queue.get(entry.id).due_at == SEVENTEEN
