"""How a member stands with each campaign of the club, for the member's own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission.models import CampaignExclusion
from config.database import db

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Standing:
    """A campaign that may call the member; `is_left_out`: the member is not to be called for it."""

    campaign_id: int
    campaign: str
    is_left_out: bool


def of_member(*, club_id: int, member_id: int, now: datetime) -> list[Standing]:
    """The standing with every campaign of the club that is not closed, the newest first."""
    del now
    left_out = exists().where(
        CampaignExclusion.campaign_id == Campaign.id,
        CampaignExclusion.member_id == member_id,
        CampaignExclusion.lifted_at.is_(None),
    )
    rows = db.session.execute(
        select(Campaign.id, Campaign.name, left_out)
        .where(Campaign.club_id == club_id, Campaign.state != CampaignState.CLOSED)
        .order_by(Campaign.id.desc())
    )
    return [Standing(campaign_id, name, bool(is_left_out)) for campaign_id, name, is_left_out in rows]
