"""Which campaigns record their calls, and how long a club keeps what was recorded. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from callcenter.recordings.models import DEFAULT_KEEP_DAYS
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import RecordingRule
from config.database import db
from config.errors import InvalidInputError

LONGEST_DAYS = 3650


def is_recorded(campaign_id: int) -> bool:
    """Whether the calls of a campaign are recorded when the member agrees."""
    return db.session.get(RecordedCampaign, campaign_id) is not None


def switch(club_id: int, campaign_id: int, *, is_on: bool, user_id: int, now: datetime) -> None:
    """Record the calls of a campaign of this club from now on, or no more. A recording that runs is kept."""
    row = db.session.get(RecordedCampaign, campaign_id)
    if is_on and row is None:
        db.session.add(RecordedCampaign(campaign_id=campaign_id, club_id=club_id, user_id=user_id, since=now))
    elif row is not None and not is_on:
        db.session.delete(row)


def keep_days(club_id: int) -> int:
    """How many days the club keeps its recordings."""
    rule = db.session.get(RecordingRule, club_id)
    return DEFAULT_KEEP_DAYS if rule is None else rule.keep_days


def keep_for(club_id: int, days: int) -> None:
    """Keep the club's recordings so many days from now on. Raises InvalidInputError (field `keep_days`)."""
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidInputError("keep_days", f"{days} is not between 1 and {LONGEST_DAYS}")
    db.session.merge(RecordingRule(club_id=club_id, keep_days=days))
