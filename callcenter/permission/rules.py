"""A club's rules for calling: how often a member is asked, on which days nobody is called."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy import exists
from sqlalchemy import select

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.hours import Period
from callcenter.campaigns.models import Campaign
from callcenter.permission import official
from callcenter.permission import periods
from callcenter.permission.models import CallingRules
from callcenter.permission.models import Holiday
from config.accounts.models import Club
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

MOST_INTERVIEW_DAYS = 365
MOST_WEEKLY_ATTEMPTS = 50
LONGEST_NAME = 200
WEEK = 7


@dataclass(frozen=True)
class Rules:
    """A club's rules; what a club has that never chose its own."""

    interview_days: int = 7
    weekly_attempts: int = 7
    rest_weekdays: frozenset[int] = frozenset()


@dataclass(frozen=True)
class HolidayLine:
    """A day on which the club calls nobody, by its name in each language."""

    id: int
    day: date
    name_fa: str
    name_en: str


def of_club(club_id: int) -> Rules:
    """The rules of a club."""
    row = db.session.get(CallingRules, club_id)
    return Rules() if row is None else Rules(row.interview_days, row.weekly_attempts, frozenset(row.rest_weekdays))


def save(club_id: int, rules: Rules) -> None:
    """Keep the rules of a club. Raises InvalidInputError on the field that is out of range."""
    _ensure_between("interview_days", rules.interview_days, 0, MOST_INTERVIEW_DAYS)
    _ensure_between("weekly_attempts", rules.weekly_attempts, 1, MOST_WEEKLY_ATTEMPTS)
    if not rules.rest_weekdays < frozenset(range(WEEK)):
        raise InvalidInputError("rest_weekdays", "on one day of the week at least somebody is called")
    row = db.session.get(CallingRules, club_id, with_for_update=True) or CallingRules(club_id=club_id)
    row.interview_days, row.weekly_attempts = rules.interview_days, rules.weekly_attempts
    row.rest_weekdays = sorted(rules.rest_weekdays)
    db.session.add(row)
    db.session.flush()


def holidays(club_id: int, *, since: date) -> list[HolidayLine]:
    """The holidays of a club from `since` on, soonest first."""
    rows = db.session.execute(
        select(Holiday.id, Holiday.day, Holiday.name_fa, Holiday.name_en)
        .where(Holiday.club_id == club_id, Holiday.day >= since)
        .order_by(Holiday.day)
    )
    return [HolidayLine(*row) for row in rows]


def add_holiday(club_id: int, *, day: date, name: str) -> None:
    """Call nobody on a day. Raises InvalidInputError on `day` that is there already, on `name` without one."""
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInputError("name", f"between 1 and {LONGEST_NAME} characters")
    if db.session.scalar(select(exists().where(Holiday.club_id == club_id, Holiday.day == day))):
        raise InvalidInputError("day", "is a holiday already")
    db.session.add(Holiday(club_id=club_id, day=day, name_fa=name, name_en=name))
    db.session.flush()


def remove_holiday(club_id: int, holiday_id: int) -> None:
    """Let calls be made on that day again. Raises NotFoundError when the club has no such holiday."""
    removed = delete(Holiday).where(Holiday.club_id == club_id, Holiday.id == holiday_id).returning(Holiday.id)
    if db.session.scalar(removed) is None:
        raise NotFoundError(f"Club {club_id} has no holiday {holiday_id}.")


def take_official_holidays(club_id: int, *, today: date) -> int:
    """Add the official holidays from today to the end of the next Jalali year; gives how many were new."""
    days = [one for one in official.holidays_of_two_years(today) if one.day >= today]
    known = set(db.session.scalars(select(Holiday.day).where(Holiday.club_id == club_id)))
    new = [one for one in days if one.day not in known]
    db.session.add_all(Holiday(club_id=club_id, day=one.day, name_fa=one.name_fa, name_en=one.name_en) for one in new)
    db.session.flush()
    return len(new)


def hours_of(campaigns: Iterable[Campaign], *, now: datetime) -> dict[int, Hours]:
    """The hours of each campaign by its id, with the rest days, holidays and periods of other hours of its club."""
    rows = list(campaigns)
    club_ids = {campaign.club_id for campaign in rows}
    clubs = {
        club_id: (zone, days or [])
        for club_id, zone, days in db.session.execute(
            select(Club.id, Club.time_zone, CallingRules.rest_weekdays)
            .outerjoin(CallingRules, CallingRules.club_id == Club.id)
            .where(Club.id.in_(club_ids))
        )
    }
    free, others = _free_days(sorted(club_ids), now), periods.of_clubs(sorted(club_ids), now=now)
    return {
        row.id: _hours(row, *clubs[row.club_id], free.get(row.club_id, set()), others.get(row.club_id, []))
        for row in rows
    }


def hours_of_one(campaign_id: int, *, now: datetime) -> Hours:
    """The hours of one campaign."""
    return hours_of([db.session.get_one(Campaign, campaign_id)], now=now)[campaign_id]


def _hours(
    campaign: Campaign, zone: str, rest_weekdays: Sequence[int], free: set[date], others: Sequence[Period]
) -> Hours:
    return Hours(
        zone=zone,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        rest_weekdays=frozenset(rest_weekdays),
        holidays=frozenset(free),
        periods=tuple(others),
    )


def _free_days(club_ids: Sequence[int], now: datetime) -> dict[int, set[date]]:
    days: dict[int, set[date]] = {}
    # The day before: it may still be yesterday on the club's clock.
    since = now.date() - timedelta(days=1)
    rows = db.session.execute(
        select(Holiday.club_id, Holiday.day).where(Holiday.club_id.in_(club_ids), Holiday.day >= since)
    )
    for club_id, day in rows:
        days.setdefault(club_id, set()).add(day)
    return days


def _ensure_between(field: str, number: int, low: int, high: int) -> None:
    if not low <= number <= high:
        raise InvalidInputError(field, f"between {low} and {high}")
