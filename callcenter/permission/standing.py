"""How a member stands with each campaign of the club, for the member's own page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import saying
from callcenter.permission.asking import why
from callcenter.permission.reasons import Why
from config.database import db


@dataclass(frozen=True)
class Standing:
    """A campaign, and in words every reason against calling the member for it now; none: they may be called."""

    campaign_id: int
    campaign: str
    reasons: Sequence[str]
    is_left_out: bool


def of_member(*, club_id: int, member_id: int, now: datetime) -> list[Standing]:
    """The standing with every campaign of the club that is not closed, the newest first."""
    campaigns = db.session.execute(
        select(Campaign.id, Campaign.name)
        .where(Campaign.club_id == club_id, Campaign.state != CampaignState.CLOSED)
        .order_by(Campaign.id.desc())
    ).all()
    return [_standing(club_id, member_id, campaign_id, name, now) for campaign_id, name in campaigns]


def _standing(club_id: int, member_id: int, campaign_id: int, name: str, now: datetime) -> Standing:
    found = why(club_id, member_id, campaign_id, now=now)
    return Standing(
        campaign_id,
        name,
        [saying.sentence(reason, now=now) for reason in found],
        is_left_out=any(reason.kind is Why.LEFT_OUT for reason in found),
    )
