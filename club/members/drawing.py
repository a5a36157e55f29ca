"""Members weighed for a campaign's queue, in sets: a club may have a million of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import and_
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import true

from club.members.facets import kind_of
from club.members.models import Member
from club.members.models import Purchase
from club.members.queries import on_do_not_call_list
from config.database import db
from config.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy import ScalarSelect
    from sqlalchemy import Select
    from sqlalchemy import SQLColumnExpression

    from club.members.facets import Kind

    Kinds = Mapping[int, Kind]


@dataclass(frozen=True)
class Candidate:
    """A member weighed for a queue: may be called, is on a do-not-call list, fits the sample, is of which kind."""

    member_id: int
    consent_calls: bool
    is_do_not_call: bool
    matches: bool
    kind_id: int | None = None
    language: str | None = None


def weighed(
    club_id: int,
    sample: dict[str, Any],
    *,
    first_id: int,
    last_id: int,
    now: datetime,
    kinds: Kinds = MappingProxyType({}),
) -> Select[*tuple[Any, ...]]:
    """The members from `first_id` to `last_id` weighed against a campaign's sample: the columns of Candidate.

    `sample` may hold `branch_ids`, `tier_ids` (empty: any) and `purchased_within_days` before `now`; `kinds` are those
    of `club.members.facets`.
    """
    return select(
        Member.id.label("member_id"),
        Member.consent_calls,
        on_do_not_call_list().label("is_do_not_call"),
        _fits(sample, now).label("matches"),
        kind_of(kinds, today=now.date()).label("kind_id"),
        Member.language,
    ).where(Member.club_id == club_id, Member.id.between(first_id, last_id))


def weigh(club_id: int, member_id: int, sample: dict[str, Any], *, now: datetime, kinds: Kinds) -> Candidate:
    """One member weighed. Raises NotFoundError when the club has no such member."""
    one = weighed(club_id, sample, first_id=member_id, last_id=member_id, now=now, kinds=kinds)
    row = db.session.execute(one).one_or_none()
    if row is None:
        raise NotFoundError(f"Club {club_id} has no member {member_id}.")
    return Candidate(*row)


def last_of_next(club_id: int, *, after_id: int, limit: int) -> int | None:
    """The id of the last of the next `limit` members of a club after `after_id`; None when there is none."""
    following = select(Member.id).where(Member.club_id == club_id, Member.id > after_id).order_by(Member.id)
    last_id: int | None = db.session.scalar(select(func.max(following.limit(limit).subquery().c.id)))
    return last_id


def kind_of_member(member_id: SQLColumnExpression[int], kinds: Kinds, *, today: datetime) -> ScalarSelect[int | None]:
    """The kind of the member whose id stands in another query's column, to stand inside that query."""
    of_member = select(kind_of(kinds, today=today.date())).where(Member.id == member_id)
    return of_member.correlate_except(Member).scalar_subquery()


def _fits(sample: dict[str, Any], now: datetime) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if sample.get("branch_ids"):
        conditions.append(Member.branch_id.in_(sample["branch_ids"]) & Member.branch_id.is_not(None))
    if sample.get("tier_ids"):
        conditions.append(Member.tier_id.in_(sample["tier_ids"]) & Member.tier_id.is_not(None))
    if sample.get("purchased_within_days"):
        since = now - timedelta(days=int(sample["purchased_within_days"]))
        bought = (Purchase.member_id == Member.id) & (Purchase.purchased_at >= since) & (Purchase.purchased_at <= now)
        conditions.append(exists(select(Purchase.id).where(bought).correlate(Member)))
    return and_(*conditions)
