"""The demo's running campaign: open at every hour, so that it can be tried at every hour."""

from __future__ import annotations

from datetime import datetime
from datetime import time

from callcenter.campaigns import building
from callcenter.campaigns import running

REST_DAYS = 30


def start_campaign(club_id: int, *, version_id: int, now: datetime) -> int:
    """Make the campaign, draw its members into the queue and let it run; returns its id."""
    plan = running.Plan(
        name="تجربه‌ی خرید، این ماه",
        version_id=version_id,
        opens_at=time(0, 0),
        closes_at=time(23, 59),
        max_attempts=6,
        rest_days=REST_DAYS,
    )
    campaign_id = running.create(club_id, plan, now=now)
    building.build(campaign_id, now=now)
    running.start(club_id, campaign_id)
    return campaign_id
