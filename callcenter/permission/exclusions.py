"""Who was left out of a campaign by a person, and who was taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Exists
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.permission.models import CampaignExclusion
from club.members.queries import names
from config.accounts.models import User
from config.database import db

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy import SQLColumnExpression

    # An id, or in a query about other rows the column that has it.
    Id = int | SQLColumnExpression[int]

SHOWN = 200


@dataclass(frozen=True)
class Exclusion:
    """A member left out of a campaign; the fields of the lift are there once the member was taken back."""

    id: int
    member_id: int
    name: str
    reason: str
    created_by: str | None
    created_at: datetime
    lifted_at: datetime | None
    lifted_by: str | None
    lift_reason: str | None


def is_left_out(campaign_id: Id, member_id: Id) -> Exists:
    """In a query: whether a member is left out of a campaign now."""
    return exists().where(*_holding(campaign_id), CampaignExclusion.member_id == member_id)


def of_campaign(club_id: int, campaign_id: int) -> list[Exclusion]:
    """The newest exclusions of a club's campaign, those that hold first."""
    adder, lifter = aliased(User), aliased(User)
    rows = db.session.execute(
        select(CampaignExclusion, adder.name, lifter.name)
        .outerjoin(adder, adder.id == CampaignExclusion.created_by)
        .outerjoin(lifter, lifter.id == CampaignExclusion.lifted_by)
        .where(CampaignExclusion.club_id == club_id, CampaignExclusion.campaign_id == campaign_id)
        .order_by(CampaignExclusion.lifted_at.is_not(None), CampaignExclusion.id.desc())
        .limit(SHOWN)
    ).all()
    known = names(club_id, [row.member_id for row, _adder, _lifter in rows])
    return [_line(row, known.get(row.member_id, ""), added_by, lifted_by) for row, added_by, lifted_by in rows]


def count(campaign_id: int) -> int:
    """How many members are left out of a campaign now."""
    return db.session.scalar(select(func.count()).where(*_holding(campaign_id))) or 0


def _holding(campaign_id: Id) -> tuple[ColumnElement[bool], ...]:
    return CampaignExclusion.campaign_id == campaign_id, CampaignExclusion.lifted_at.is_(None)


def _line(row: CampaignExclusion, name: str, created_by: str | None, lifted_by: str | None) -> Exclusion:
    return Exclusion(
        row.id,
        row.member_id,
        name,
        row.reason,
        created_by,
        row.created_at,
        row.lifted_at,
        lifted_by,
        row.lift_reason,
    )
