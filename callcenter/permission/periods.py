"""Days on which a club calls at other hours than its campaigns', as in Ramadan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy import exists
from sqlalchemy import select

from callcenter.campaigns.hours import Period
from callcenter.permission import official
from callcenter.permission.models import CallingPeriod
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

LONGEST_NAME = 200
# Before the fast is broken, and after it; a club changes them as it likes.
RAMADAN_HOURS = ((time(10), time(16, 30)), (time(20, 30), time(22)))
RAMADAN = {"name_fa": "رمضان", "name_en": "Ramadan"}


@dataclass(frozen=True)
class PeriodLine:
    """A period by its name in each language."""

    id: int
    starts_on: date
    ends_on: date
    opens_at: time
    closes_at: time
    name_fa: str
    name_en: str


def of_clubs(club_ids: Sequence[int], *, now: datetime) -> dict[int, list[Period]]:
    """The periods of some clubs that are not over."""
    # The day before: it may still be yesterday on the club's clock.
    since = now.date() - timedelta(days=1)
    rows = db.session.execute(
        select(CallingPeriod.club_id, *(getattr(CallingPeriod, one.name) for one in fields(Period))).where(
            CallingPeriod.club_id.in_(club_ids), CallingPeriod.ends_on >= since
        )
    )
    found: dict[int, list[Period]] = {}
    for club_id, *values in rows:
        found.setdefault(club_id, []).append(Period(*values))
    return found


def of_club(club_id: int, *, since: date) -> list[PeriodLine]:
    """The periods of a club that are not over on `since`, soonest first."""
    rows = db.session.execute(
        select(*(getattr(CallingPeriod, one.name) for one in fields(PeriodLine)))
        .where(CallingPeriod.club_id == club_id, CallingPeriod.ends_on >= since)
        .order_by(CallingPeriod.starts_on, CallingPeriod.opens_at)
    )
    return [PeriodLine(*row) for row in rows]


def add(club_id: int, period: Period, *, name: str) -> None:
    """Call at other hours on some days. Raises InvalidInputError on the field that cannot be."""
    _ensure_possible(period, name)
    db.session.add(CallingPeriod(club_id=club_id, name_fa=name, name_en=name, **vars(period)))
    db.session.flush()


def change(club_id: int, period_id: int, period: Period) -> None:
    """Give a period other days or hours. Raises NotFoundError when it is not the club's, else as `add`."""
    row = db.session.get(CallingPeriod, period_id, with_for_update=True)
    if row is None or row.club_id != club_id:
        raise NotFoundError(f"Club {club_id} has no period {period_id}.")
    _ensure_possible(period, row.name_en)
    for name, value in vars(period).items():
        setattr(row, name, value)
    db.session.flush()


def remove(club_id: int, period_id: int) -> None:
    """Call at the campaigns' own hours again. Raises NotFoundError when the club has no such period."""
    removed = delete(CallingPeriod).where(CallingPeriod.club_id == club_id, CallingPeriod.id == period_id)
    if db.session.scalar(removed.returning(CallingPeriod.id)) is None:
        raise NotFoundError(f"Club {club_id} has no period {period_id}.")


def take_ramadan(club_id: int, *, today: date) -> int:
    """Add the hours of this Ramadan and the next, where the club has none on their days; gives how many months."""
    months = [month for month in official.ramadans(today) if not _has_some(club_id, month.starts_on, month.ends_on)]
    db.session.add_all(
        CallingPeriod(club_id=club_id, opens_at=opens, closes_at=closes, **vars(month), **RAMADAN)
        for month in months
        for opens, closes in RAMADAN_HOURS
    )
    db.session.flush()
    return len(months)


def _has_some(club_id: int, first: date, last: date) -> bool:
    overlaps = (CallingPeriod.starts_on <= last, CallingPeriod.ends_on >= first)
    return bool(db.session.scalar(select(exists().where(CallingPeriod.club_id == club_id, *overlaps))))


def _ensure_possible(period: Period, name: str) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInputError("name", f"between 1 and {LONGEST_NAME} characters")
    if period.ends_on < period.starts_on:
        raise InvalidInputError("ends_on", "the last day lies before the first")
    if period.closes_at <= period.opens_at:
        raise InvalidInputError("closes_at", "calling must end after it begins")
