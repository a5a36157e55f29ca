"""The member list of the club's own people: search, filters, pages by key; and one member in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import and_
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import true

from club.members.models import Branch
from club.members.models import Gender
from club.members.models import Member
from club.members.models import Tier
from club.members.queries import full_name
from club.members.queries import on_do_not_call_list
from club.members.search import name_patterns
from club.members.search import phone_patterns
from config.database import db
from config.errors import NotFoundError

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

PAGE_SIZE = 50
# Beyond this the exact number tells a person nothing more, and counting costs a page its speed.
COUNT_LIMIT = 100_000


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; everything empty is the whole club."""

    text: str = ""
    branch_id: int | None = None
    tier_id: int | None = None
    consent: bool | None = None


@dataclass(frozen=True)
class MemberLine:
    """A member in the list; `phone` is E.164 and shown masked."""

    id: int
    name: str
    phone: str
    external_id: str | None
    branch: str | None
    tier: str | None
    consent_calls: bool
    is_do_not_call: bool


@dataclass(frozen=True)
class Page:
    """One page of the list; `older` and `newer` are the keys of its neighbours, None where the list ends."""

    lines: list[MemberLine]
    older: int | None
    newer: int | None


@dataclass(frozen=True)
class MemberFacts:
    """What the member's page shows beside the card."""

    external_id: str | None
    birth_date: date | None
    gender: Gender | None
    custom: dict[str, Any]


def page_of_members(club_id: int, filters: Filters, *, before: int | None = None, after: int | None = None) -> Page:
    """The newest members that fit, or those older than `before`, or the page just newer than `after`."""
    query = (
        select(Member, Branch.name, Tier.name, on_do_not_call_list())
        .outerjoin(Branch, Branch.id == Member.branch_id)
        .outerjoin(Tier, Tier.id == Member.tier_id)
        .where(_fits(club_id, filters))
    )
    if after is not None:
        query = query.where(Member.id > after).order_by(Member.id)
    else:
        older = Member.id < before if before is not None else true()
        query = query.where(older).order_by(Member.id.desc())
    rows = db.session.execute(query.limit(PAGE_SIZE + 1)).all()
    has_more, rows = len(rows) > PAGE_SIZE, rows[:PAGE_SIZE]
    lines = [_line(*row) for row in (reversed(rows) if after is not None else rows)]
    return _page(lines, has_more=has_more, before=before, after=after)


def _page(lines: list[MemberLine], *, has_more: bool, before: int | None, after: int | None) -> Page:
    if not lines:
        return Page([], None, None)
    has_older = has_more if after is None else True
    has_newer = before is not None if after is None else has_more
    return Page(lines, lines[-1].id if has_older else None, lines[0].id if has_newer else None)


def _line(member: Member, branch: str | None, tier: str | None, is_listed: object) -> MemberLine:
    return MemberLine(
        id=member.id,
        name=full_name(member.first_name, member.last_name),
        phone=member.phone,
        external_id=member.external_id,
        branch=branch,
        tier=tier,
        consent_calls=member.consent_calls,
        is_do_not_call=bool(is_listed),
    )


def count_members(club_id: int, filters: Filters) -> int:
    """How many members fit, at most COUNT_LIMIT."""
    found = select(Member.id).where(_fits(club_id, filters)).limit(COUNT_LIMIT).subquery()
    return db.session.scalar(select(func.count()).select_from(found)) or 0


def _fits(club_id: int, filters: Filters) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [Member.club_id == club_id]
    if filters.text:
        conditions.append(_is_meant(filters.text))
    if filters.branch_id is not None:
        conditions.append(Member.branch_id == filters.branch_id)
    if filters.tier_id is not None:
        conditions.append(Member.tier_id == filters.tier_id)
    if filters.consent is not None:
        conditions.append(Member.consent_calls.is_(filters.consent))
    return and_(*conditions)


def _is_meant(text: str) -> ColumnElement[bool]:
    by_name = and_(*(Member.search_key.like(pattern, escape="\\") for pattern in name_patterns(text)))
    return or_(by_name, *(Member.phone.like(pattern) for pattern in phone_patterns(text)))


def get_facts(club_id: int, member_id: int) -> MemberFacts:
    """What the page shows beside the card. Raises NotFoundError when this club has no such member."""
    member = db.session.scalar(select(Member).where(Member.club_id == club_id, Member.id == member_id))
    if member is None:
        raise NotFoundError("There is no such member here.")
    return MemberFacts(member.external_id, member.birth_date, member.gender, member.custom)
