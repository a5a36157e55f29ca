"""The do-not-call lists as people see them: what holds now, and what was lifted by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import and_
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import aliased

from club.members.models import DoNotCall
from club.members.models import Member
from club.members.queries import full_name
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy import Select

PAGE_SIZE = 50


@dataclass(frozen=True)
class Listing:
    """A number on a do-not-call list, of one club or of the whole house; `phone` is E.164.

    `reason` is a code of club.members.words; `lift_reason` is there once it was lifted. `member_id` and `name` are
    those of this club's member with the number, if there is one.
    """

    id: int
    is_house_wide: bool
    phone: str
    reason: str
    note: str | None
    listed_by: str | None
    created_at: datetime
    lifted_at: datetime | None
    lifted_by: str | None
    lift_reason: str | None
    member_id: int | None
    name: str


def holding(club_id: int, phone: str) -> list[Listing]:
    """Why this number must not be dialled for this club: its own listing, the house's, both or none."""
    return _read(_lines(club_id).where(DoNotCall.phone == phone, DoNotCall.lifted_at.is_(None)))


def of_number(club_id: int, phone: str) -> list[Listing]:
    """Every listing of a number that holds or held for this club, the newest first."""
    return _read(_lines(club_id).where(DoNotCall.phone == phone))


def page(club_id: int, *, is_lifted: bool, before: int | None = None) -> tuple[list[Listing], int | None]:
    """The newest listings for this club that hold (or were lifted), or those older than `before`; and the next key."""
    chosen = DoNotCall.lifted_at.is_not(None) if is_lifted else DoNotCall.lifted_at.is_(None)
    query = _lines(club_id).where(chosen).limit(PAGE_SIZE + 1)
    lines = _read(query if before is None else query.where(DoNotCall.id < before))
    has_more, lines = len(lines) > PAGE_SIZE, lines[:PAGE_SIZE]
    return lines, lines[-1].id if has_more else None


def get(club_id: int, listing_id: int) -> Listing:
    """One listing of the club or of the house. Raises NotFoundError."""
    lines = _read(_lines(club_id).where(DoNotCall.id == listing_id))
    if not lines:
        raise NotFoundError("There is no such listing here.")
    return lines[0]


def _lines(club_id: int) -> Select[*tuple[Any, ...]]:
    adder, lifter = aliased(User), aliased(User)
    return (
        select(DoNotCall, adder.name, lifter.name, Member.id, Member.first_name, Member.last_name)
        .outerjoin(adder, adder.id == DoNotCall.created_by)
        .outerjoin(lifter, lifter.id == DoNotCall.lifted_by)
        .outerjoin(Member, and_(Member.club_id == club_id, Member.phone == DoNotCall.phone))
        .where(_of_club_or_house(club_id))
        .order_by(DoNotCall.id.desc())
    )


def _of_club_or_house(club_id: int) -> ColumnElement[bool]:
    return or_(DoNotCall.club_id == club_id, DoNotCall.club_id.is_(None))


def _read(query: Select[*tuple[Any, ...]]) -> list[Listing]:
    return [_line(*row) for row in db.session.execute(query)]


def _line(
    row: DoNotCall,
    listed_by: str | None,
    lifted_by: str | None,
    member_id: int | None,
    first_name: str | None,
    last_name: str | None,
) -> Listing:
    return Listing(
        id=row.id,
        is_house_wide=row.club_id is None,
        phone=row.phone,
        reason=row.reason,
        note=row.note,
        listed_by=listed_by,
        created_at=row.created_at,
        lifted_at=row.lifted_at,
        lifted_by=lifted_by,
        lift_reason=row.lift_reason,
        member_id=member_id,
        name=full_name(first_name or "", last_name or ""),
    )
