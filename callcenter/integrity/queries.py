"""What other rooms and the screens may know of flagged interviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import String
from sqlalchemy import cast
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select

from callcenter.campaigns.models import Campaign
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityDecision
from callcenter.integrity.models import IntegrityFlag
from callcenter.integrity.scoring import Flag
from callcenter.integrity.scoring import FlagKind
from club.members import queries as members
from config import paging
from config.accounts.models import User
from config.database import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy import Select

    from config.paging import Page
    from config.paging import Rows


class Standing(StrEnum):
    """How it stands with a flagged interview."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; None leaves that open."""

    standing: Standing | None = None
    kind: FlagKind | None = None
    operator_id: int | None = None
    campaign_id: int | None = None


@dataclass(frozen=True)
class FlaggedLine:
    """A flagged interview in the list."""

    id: int
    response_id: int
    entry_id: int
    member_id: int
    is_held: bool
    completed_at: datetime
    operator: str
    campaign: str
    standing: Standing
    member: str
    flags: tuple[Flag, ...]


def flagged_response_ids(club_id: int, since: datetime) -> list[int]:
    """The interviews completed since then against which something speaks, oldest first, whatever was decided."""
    query = select(FlaggedInterview.response_id).where(
        FlaggedInterview.club_id == club_id, FlaggedInterview.completed_at >= since
    )
    return list(db.session.scalars(query.order_by(FlaggedInterview.completed_at, FlaggedInterview.id)))


def is_held(response_id: int) -> bool:
    """Whether the credit of the interview waits for somebody's decision."""
    query = select(
        exists().where(
            FlaggedInterview.response_id == response_id,
            FlaggedInterview.is_held,
            standing_of() == Standing.PENDING.value,
        )
    )
    return bool(db.session.scalar(query))


def pending_count(club_id: int) -> int:
    """How many flagged interviews of the club wait for a decision."""
    query = select(func.count(FlaggedInterview.id)).where(
        FlaggedInterview.club_id == club_id, standing_of() == Standing.PENDING.value
    )
    return db.session.scalar(query) or 0


def page(club_id: int, filters: Filters, *, before: int | None = None) -> Page[FlaggedLine]:
    """The flagged interviews of the club that fit, the newest first; `before` continues a list where it ended."""
    query = _lines().where(FlaggedInterview.club_id == club_id, *_conditions(filters))
    return paging.descending(query, FlaggedInterview.id, before=before, to_lines=partial(lines_of, club_id))


def of_member(club_id: int, member_id: int) -> list[FlaggedLine]:
    """The flagged interviews of a member, the newest first."""
    query = _lines().where(FlaggedInterview.club_id == club_id, FlaggedInterview.member_id == member_id)
    return lines_of(club_id, db.session.execute(query.order_by(FlaggedInterview.id.desc())).all())


def of_response(club_id: int, response_id: int) -> FlaggedLine | None:
    """A flagged interview; None when nothing speaks against it."""
    query = _lines().where(FlaggedInterview.club_id == club_id, FlaggedInterview.response_id == response_id)
    return next(iter(lines_of(club_id, db.session.execute(query).all())), None)


def standing_of() -> ColumnElement[str]:
    """How it stands: what the last decision says, pending before the first."""
    last = (
        select(IntegrityDecision.verdict)
        .where(IntegrityDecision.flagged_id == FlaggedInterview.id)
        .order_by(IntegrityDecision.number.desc())
        .limit(1)
        .correlate(FlaggedInterview)
        .scalar_subquery()
    )
    return func.coalesce(cast(last, String), Standing.PENDING.value)


def lines_of(club_id: int, rows: Rows) -> list[FlaggedLine]:
    """The rows with the members' names and the flags of each, in the order in which they were found."""
    names = members.names(club_id, [row.member_id for row in rows])
    flags: dict[int, list[Flag]] = {row.id: [] for row in rows}
    found = select(IntegrityFlag).where(IntegrityFlag.flagged_id.in_(flags)).order_by(IntegrityFlag.id)
    for flag in db.session.scalars(found):
        flags[flag.flagged_id].append(Flag(flag.kind, flag.figures))
    return [
        FlaggedLine(
            **{**row._mapping, "standing": Standing(row.standing)},
            member=names.get(row.member_id, ""),
            flags=tuple(flags[row.id]),
        )
        for row in rows
    ]


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            FlaggedInterview.id,
            FlaggedInterview.response_id,
            FlaggedInterview.entry_id,
            FlaggedInterview.member_id,
            FlaggedInterview.is_held,
            FlaggedInterview.completed_at,
            User.name.label("operator"),
            Campaign.name.label("campaign"),
            standing_of().label("standing"),
        )
        .join(User, User.id == FlaggedInterview.operator_id)
        .join(Campaign, Campaign.id == FlaggedInterview.campaign_id)
    )


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.standing is not None:
        conditions.append(standing_of() == filters.standing.value)
    if filters.operator_id is not None:
        conditions.append(FlaggedInterview.operator_id == filters.operator_id)
    if filters.campaign_id is not None:
        conditions.append(FlaggedInterview.campaign_id == filters.campaign_id)
    if filters.kind is not None:
        of_kind = exists().where(IntegrityFlag.flagged_id == FlaggedInterview.id, IntegrityFlag.kind == filters.kind)
        conditions.append(of_kind)
    return conditions
