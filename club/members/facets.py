"""What members are sorted by: branch, tier, city, gender, age; and the kinds of members that are made of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import Integer
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import cast
from sqlalchemy import func
from sqlalchemy import literal
from sqlalchemy import null
from sqlalchemy import select
from sqlalchemy import true

from club.members.models import Member
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import ColumnElement

    # What a facet must be: one of some values, or {"from": …, "to": …} in whole years, either of them None for no end.
    Part = list[Any] | dict[str, int | None]
    Kind = Mapping[str, Part]

# The cities offered are those where most members live.
MOST_CITIES = 60


class Facet(StrEnum):
    """Something that the club knows of a member."""

    BRANCH = "branch"
    TIER = "tier"
    CITY = "city"
    GENDER = "gender"
    AGE = "age"


def kind_of(kinds: Mapping[int, Kind], *, today: date) -> ColumnElement[int | None]:
    """In a query about members: the id of the first of `kinds` to which the member belongs on that day, else NULL.

    Whoever lacks a facet that a kind asks for does not belong to it.
    """
    if not kinds:
        return cast(null(), Integer)
    return case(*((_belongs(kind, today), literal(number)) for number, kind in kinds.items()))


def cities(club_id: int) -> list[str]:
    """The cities of most members, the largest first."""
    rows = db.session.scalars(
        select(Member.city)
        .where(Member.club_id == club_id, Member.city != "")
        .group_by(Member.city)
        .order_by(func.count().desc(), Member.city)
        .limit(MOST_CITIES)
    )
    return [city for city in rows if city]


def _belongs(kind: Kind, today: date) -> ColumnElement[bool]:
    return and_(true(), *(_CONDITIONS[Facet(facet)](part, today) for facet, part in kind.items()))


def _is_aged(part: Any, today: date) -> ColumnElement[bool]:
    youngest, oldest = part["from"], part["to"]
    conditions: list[ColumnElement[bool]] = [Member.birth_date.is_not(None)]
    if youngest is not None:
        conditions.append(Member.birth_date <= _years_before(today, youngest))
    if oldest is not None:
        conditions.append(Member.birth_date > _years_before(today, oldest + 1))
    return and_(*conditions)


def _years_before(day: date, years: int) -> date:
    # Who was born on a 29th of February is a year older on the 28th, as their neighbours of the 28th are.
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


_CONDITIONS: dict[Facet, Callable[[Any, date], ColumnElement[bool]]] = {
    Facet.BRANCH: lambda part, _today: Member.branch_id.in_(part),
    Facet.TIER: lambda part, _today: Member.tier_id.in_(part),
    Facet.CITY: lambda part, _today: Member.city.in_(part),
    Facet.GENDER: lambda part, _today: Member.gender.in_(part),
    Facet.AGE: _is_aged,
}
