from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

import fakeredis
import pytest
from sqlalchemy import select

from callcenter.campaigns.hours import Period
from callcenter.permission import jobs
from callcenter.permission import official
from callcenter.permission import periods
from callcenter.permission import rules
from callcenter.permission.rules import Rules
from callcenter.queue import queries as queue
from config.accounts.models import Role
from config.calendar import local
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.jobs.models import OwedJob
from config.processes.naming import named

DAYS = {"starts_on": date(2027, 2, 9), "ends_on": date(2027, 3, 9)}
NOON = Period(**DAYS, opens_at=time(10), closes_at=time(16))
NIGHT = Period(**DAYS, opens_at=time(20, 30), closes_at=time(22))
# Midnight in Tehran of a Wednesday in that month.
MIDNIGHT = datetime(2027, 2, 9, 20, 30, tzinfo=UTC)


@pytest.fixture
def campaign(factories, club):
    return factories.campaign(club, opens_at=time(9), closes_at=time(19))


@pytest.fixture
def both(club):
    periods.add(club.id, NIGHT, name="رمضان")
    periods.add(club.id, NOON, name="رمضان")
    db.session.commit()


def test_the_days_of_ramadan_are_known_ahead():
    first, second = official.ramadans(date(2026, 11, 22))

    assert (first.starts_on, first.ends_on) == (DAYS["starts_on"], DAYS["ends_on"])
    assert second.starts_on == date(2028, 1, 29)
    assert official.ramadans(date(2027, 3, 9))[0] == first
    assert official.ramadans(date(2027, 3, 10))[0] == second


@pytest.mark.parametrize(
    ("hour", "opening"),
    [(0, 10), (10, 10), (15.9, 15.9), (16, 20.5), (21, 21), (22, 34), (28 * 24 + 23, 29 * 24 + 9)],
)
def test_the_hours_of_some_days_take_the_place_of_the_campaigns(campaign, both, hour, opening):
    hours = rules.hours_of_one(campaign.id, now=MIDNIGHT)

    assert hours.next_open(MIDNIGHT + timedelta(hours=hour)) == MIDNIGHT + timedelta(hours=opening)


@pytest.mark.parametrize(("hour", "end"), [(11, 16), (18, 22), (21, 22)])
def test_the_part_of_the_day_that_is_open_has_an_end(campaign, both, hour, end):
    hours = rules.hours_of_one(campaign.id, now=MIDNIGHT)

    assert hours.closing(MIDNIGHT + timedelta(hours=hour)) == MIDNIGHT + timedelta(hours=end)


def test_rest_days_stay_closed_in_that_time(campaign, both, club):
    rules.save(club.id, Rules(rest_weekdays=frozenset({5, 6})))

    hours = rules.hours_of_one(campaign.id, now=MIDNIGHT)

    assert hours.next_open(MIDNIGHT + timedelta(hours=22)) == MIDNIGHT + timedelta(days=3, hours=10)


def test_another_clubs_days_are_its_own(both, factories):
    other = factories.campaign(factories.club(), opens_at=time(9), closes_at=time(19))

    assert rules.hours_of_one(other.id, now=MIDNIGHT).periods == ()


def test_ramadan_is_taken_once_and_can_be_changed(club):
    taken = periods.take_ramadan(club.id, today=date(2026, 11, 22))
    again = periods.take_ramadan(club.id, today=date(2026, 11, 22))
    lines = periods.of_club(club.id, since=date(2026, 11, 22))
    periods.change(club.id, lines[0].id, NOON)
    periods.remove(club.id, lines[1].id)

    assert (taken, again, len(lines)) == (2, 0, 4)
    assert periods.of_clubs([club.id], now=MIDNIGHT)[club.id][0] == NOON
    assert len(periods.of_club(club.id, since=date(2026, 11, 22))) == 3


def test_days_of_another_club_are_not_found(club, both, factories):
    line, stranger = periods.of_club(club.id, since=date(2027, 1, 1))[0], factories.club()

    with pytest.raises(NotFoundError):
        periods.change(stranger.id, line.id, NOON)
    with pytest.raises(NotFoundError):
        periods.remove(stranger.id, line.id)


@pytest.mark.parametrize(
    ("period", "name", "field"),
    [
        (NOON, "", "name"),
        (Period(date(2027, 3, 9), date(2027, 3, 8), time(10), time(16)), "x", "ends_on"),
        (Period(**DAYS, opens_at=time(16), closes_at=time(16)), "x", "closes_at"),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(club, period, name, field):
    with pytest.raises(InvalidInputError) as refused:
        periods.add(club.id, period, name=name)

    assert refused.value.field == field


def test_who_waits_moves_when_the_hours_change_and_back_again(campaign, club, factories):
    entry = factories.entry(campaign, factories.member(club))
    elsewhere = factories.entry(factories.campaign(factories.club()), factories.member(factories.club()))
    today = utcnow().date()
    week = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=6)}
    periods.add(club.id, Period(**week, opens_at=time(0), closes_at=time(0, 1)), name="شب")
    db.session.commit()

    jobs.retime(club.id)
    in_those_days = queue.get(entry.id).due_at
    periods.remove(club.id, periods.of_club(club.id, since=today)[0].id)
    db.session.commit()
    jobs.retime(club.id)

    there = [local(at, "Asia/Tehran").time() for at in (in_those_days, queue.get(entry.id).due_at)]
    assert there[0] < time(0, 1)
    assert time(9) <= there[1] < time(19)
    assert queue.get(elsewhere.id).due_at <= utcnow()


def test_that_they_move_is_not_lost_with_redis(club, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "hamseda_redis", fakeredis.FakeStrictRedis(connected=False))

    jobs.retime_after_commit(club.id)
    db.session.commit()

    owed = db.session.scalars(select(OwedJob)).one()
    assert (named(owed.function), owed.ids) == (jobs.retime, [club.id])


FORM = {"starts_on": "۱۴۲۰/۰۱/۰۱", "ends_on": "1420/01/05", "opens_at": "9", "closes_at": "۱۴:۳۰", "name": "نوروز"}


@pytest.fixture
def supervisor(factories, club, client, sign_in):
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="fa"))
    return client


def test_days_are_added_changed_and_removed_on_their_screen(supervisor, club):
    supervisor.post("/calling-rules/hours", data=FORM)
    line = periods.of_club(club.id, since=date(2020, 1, 1))[0]
    page = supervisor.get("/calling-rules/hours").text
    supervisor.post(f"/calling-rules/hours/{line.id}", data={**FORM, "closes_at": "15"})
    changed = periods.of_club(club.id, since=date(2020, 1, 1))[0]
    supervisor.post(f"/calling-rules/hours/{line.id}/remove")

    assert "نوروز" in page
    assert "۰۹:۰۰ تا ۱۴:۳۰" in page
    assert changed.closes_at == time(15)
    assert periods.of_club(club.id, since=date(2020, 1, 1)) == []


def test_the_screen_adds_ramadan(supervisor, club):
    supervisor.post("/calling-rules/hours/ramadan")

    assert supervisor.get("/calling-rules/hours").text.count("رمضان <span") == 4


@pytest.mark.parametrize(
    ("field", "typed"), [("starts_on", "soon"), ("ends_on", "1419/01/01"), ("closes_at", "8"), ("name", " ")]
)
def test_the_screen_says_what_cannot_be(supervisor, club, field, typed):
    reply = supervisor.post("/calling-rules/hours", data={**FORM, field: typed})

    assert reply.status_code == 422
    assert f"#f-{field}" in reply.text
    assert periods.of_club(club.id, since=date(2020, 1, 1)) == []
