"""The demo's running campaign: open at every hour, so that it can be tried at every hour."""

from __future__ import annotations

from datetime import datetime
from datetime import time

from callcenter.campaigns.building import build
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from config.database import db

NAME = "تجربه‌ی خرید، این ماه"
REST_DAYS = 30


def start_campaign(club_id: int, *, version_id: int, now: datetime) -> int:
    """Write the campaign, draw its members into the queue and let it run; returns its id."""
    campaign = Campaign(
        club_id=club_id,
        name=NAME,
        version_id=version_id,
        state=CampaignState.RUNNING,
        sample={},
        opens_at=time(0, 0),
        closes_at=time(23, 59),
        max_attempts=6,
        rest_days=REST_DAYS,
        created_at=now,
    )
    db.session.add(campaign)
    db.session.flush()
    build(campaign.id, now=now)
    return campaign.id
