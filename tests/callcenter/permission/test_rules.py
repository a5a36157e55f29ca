from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import pytest

from callcenter.campaigns import building
from callcenter.campaigns import queries as campaigns
from callcenter.permission import official
from callcenter.permission import rules
from callcenter.permission import timing
from callcenter.permission.rules import Rules
from callcenter.queue import closing
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

# A Thursday, 12:30 in Tehran; Friday is weekday 6 from Saturday.
THURSDAY = datetime(2026, 3, 5, 9, tzinfo=UTC)
FRIDAY = 6


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, opens_at=time(10), closes_at=time(20))


def test_a_club_that_chose_nothing_has_the_defaults(club):
    assert rules.of_club(club.id) == Rules()


def test_rules_are_kept_for_one_club(club, factories):
    chosen = Rules(interview_days=0, weekly_attempts=3, rest_weekdays=frozenset({FRIDAY}))

    rules.save(club.id, Rules(interview_days=9))
    rules.save(club.id, chosen)

    assert rules.of_club(club.id) == chosen
    assert rules.of_club(factories.club().id) == Rules()


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        (Rules(interview_days=-1), "interview_days"),
        (Rules(interview_days=366), "interview_days"),
        (Rules(weekly_attempts=0), "weekly_attempts"),
        (Rules(rest_weekdays=frozenset({7})), "rest_weekdays"),
        (Rules(rest_weekdays=frozenset(range(7))), "rest_weekdays"),
    ],
)
def test_rules_that_cannot_be_are_refused_at_their_field(club, chosen, field):
    with pytest.raises(InvalidInputError) as refused:
        rules.save(club.id, chosen)

    assert refused.value.field == field


def test_the_official_holidays_of_this_year_and_the_next_are_known_in_both_languages():
    days = official.holidays_of_two_years(date(2026, 11, 22))

    named = {one.day: (one.name_fa, one.name_en) for one in days}
    assert named[date(2027, 3, 21)] == ("جشن نوروز", "Nowruz") or "نوروز" in named[date(2027, 3, 21)][0]
    assert date(2026, 3, 21) in named
    assert max(named) <= date(2028, 3, 20)


def test_official_holidays_are_taken_once_and_only_those_to_come(club, factories):
    first = rules.take_official_holidays(club.id, today=date(2026, 11, 22))
    again = rules.take_official_holidays(club.id, today=date(2026, 11, 22))

    lines = rules.holidays(club.id, since=date(2026, 1, 1))
    assert (first, again) == (len(lines), 0)
    assert min(line.day for line in lines) >= date(2026, 11, 22)
    assert rules.holidays(factories.club().id, since=date(2026, 1, 1)) == []


def test_a_holiday_is_added_once_and_taken_away(club, factories):
    rules.add_holiday(club.id, day=date(2026, 3, 7), name="تعمیرات")
    with pytest.raises(InvalidInputError):
        rules.add_holiday(club.id, day=date(2026, 3, 7), name="دوباره")
    with pytest.raises(InvalidInputError):
        rules.add_holiday(club.id, day=date(2026, 3, 8), name="")
    holiday = rules.holidays(club.id, since=date(2026, 3, 7))[0]

    with pytest.raises(NotFoundError):
        rules.remove_holiday(factories.club().id, holiday.id)
    rules.remove_holiday(club.id, holiday.id)

    assert rules.holidays(club.id, since=date(2026, 1, 1)) == []


def test_nobody_is_called_on_rest_days_and_holidays(club, campaign, factories):
    rules.save(club.id, Rules(rest_weekdays=frozenset({FRIDAY})))
    rules.add_holiday(club.id, day=date(2026, 3, 7), name="تعطیل")
    rules.add_holiday(factories.club().id, day=date(2026, 3, 8), name="تعطیل جای دیگر")

    open_days = [
        day
        for day in range(5)
        if campaigns.open_campaign_ids([club.id], now=THURSDAY + timedelta(days=day)) == [campaign.id]
    ]

    assert open_days == [0, 3, 4]


def test_a_turn_falls_into_open_hours_after_the_free_days(club, campaign, factories):
    rules.save(club.id, Rules(rest_weekdays=frozenset({FRIDAY})))
    rules.add_holiday(club.id, day=date(2026, 3, 7), name="تعطیل")
    evening = THURSDAY + timedelta(hours=9)

    turn = timing.turn_of(factories.member(club).id, campaign.id, at=evening, now=THURSDAY)

    assert turn.due_at == datetime(2026, 3, 8, 6, 30, tzinfo=UTC)
    assert turn.rest_until is None


def test_a_retry_and_a_build_are_due_in_open_hours(club, campaign, factories):
    operator, member = factories.operator([club]), factories.member(club)
    evening = THURSDAY + timedelta(hours=7, minutes=25)
    leased = {"state": EntryState.LEASED, "operator_id": operator.id, "lease_until": evening + timedelta(minutes=9)}
    entry = factories.entry(campaign, factories.member(club), **leased)

    closing.record_outcome(
        entry.id,
        operator_id=operator.id,
        outcome="3.13",
        is_attempt=True,
        retry_at=evening + timedelta(hours=3),
        now=evening,
    )
    building.build(campaign.id, now=evening + timedelta(hours=2))

    morning = datetime(2026, 3, 6, 6, 30, tzinfo=UTC)
    built = db.session.query(QueueEntry).filter_by(member_id=member.id).one()
    assert queue.get(entry.id).due_at == morning
    assert built.due_at == morning


def test_who_was_called_too_often_lately_is_drawn_but_waits(club, factories):
    rules.save(club.id, Rules(weekly_attempts=2))
    campaign, caller = factories.campaign(club), factories.operator([club])
    tired, fresh = factories.member(club), factories.member(club)
    other = factories.closed_entry(factories.campaign(club), tired, "3.13", THURSDAY)
    for hours in (50, 40):
        factories.dialled_call(other, caller, THURSDAY - timedelta(hours=hours))

    building.build(campaign.id, now=THURSDAY)

    due = {
        row.member_id: (row.due_at, row.rest_until)
        for row in db.session.query(QueueEntry).filter_by(campaign_id=campaign.id)
    }
    until = THURSDAY - timedelta(hours=50) + timedelta(days=7)
    assert due == {tired.id: (until, until), fresh.id: (THURSDAY, None)}


def test_nobody_is_drawn_within_the_clubs_own_rest(club, factories):
    rules.save(club.id, Rules(interview_days=20))
    factories.closed_entry(factories.campaign(club), factories.member(club), "1.1", THURSDAY - timedelta(days=10))

    tally = building.build(factories.campaign(club, rest_days=0).id, now=THURSDAY)

    assert (tally.queued, tally.left_out["asked_recently"]) == (0, 1)
