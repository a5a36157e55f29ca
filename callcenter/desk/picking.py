"""The days from which an operator chooses that of a promised call: months of the reader's calendar, from Saturday on.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from callcenter.campaigns.hours import Closed
from callcenter.desk.callbacks import FURTHEST
from config.calendar import day_of_month
from config.calendar import format_date
from config.calendar import local
from config.calendar import weekday

if TYPE_CHECKING:
    from callcenter.campaigns.hours import Hours


@dataclass(frozen=True)
class Day:
    """A day, its number in the month, and why nobody is called on it (None: calls are possible)."""

    day: date
    number: int
    closed: Closed | None


@dataclass(frozen=True)
class Month:
    """A month by its name; weeks of seven places each, None where another month has the day or it is out of reach."""

    title: str
    weeks: Sequence[Sequence[Day | None]]


def months(hours: Hours, *, language: str, now: datetime) -> list[Month]:
    """The months of the days on which a call may still be promised, in the calendar of `language`."""
    first = local(now, hours.zone).date()
    days = [first + timedelta(days=ahead) for ahead in range(FURTHEST.days)]
    by_month = groupby(days, key=lambda day: format_date(day, language, "month"))
    return [Month(title, _weeks([_day(day, hours, language, now) for day in group])) for title, group in by_month]


def _day(day: date, hours: Hours, language: str, now: datetime) -> Day:
    closed = hours.day_closed_because(day)
    if closed is None and day == local(now, hours.zone).date() and now >= hours.closing(now):
        closed = Closed.HOURS
    return Day(day, day_of_month(day, language), closed)


def _weeks(days: Sequence[Day]) -> list[list[Day | None]]:
    places: list[Day | None] = [None] * weekday(days[0].day) + [*days]
    places += [None] * (-len(places) % 7)
    return [places[start : start + 7] for start in range(0, len(places), 7)]
