"""When a waiting member is called: after the rest that the club's rules give, in the campaign's and their own hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from callcenter.campaigns.models import Campaign
from callcenter.permission import fatigue
from callcenter.permission import member_hours
from callcenter.permission import resting
from callcenter.permission import rules
from config.database import db


@dataclass(frozen=True)
class Turn:
    """When an entry is due, and until when the club's rules leave its member in peace (None: they do not)."""

    due_at: datetime
    rest_until: datetime | None


def turn_of(member_id: int, campaign_id: int, *, at: datetime, now: datetime) -> Turn:
    """The turn of a member who is to be called from `at` on. In a campaign that is over, `due_at` stays there."""
    campaign = db.session.get_one(Campaign, campaign_id)
    found = resting.rests_of(member_id, rules=rules.of_club(campaign.club_id), rest_days=campaign.rest_days, now=now)
    rest_until = fatigue.rest_until(found)
    earliest = at if rest_until is None else max(at, rest_until)
    opening = member_hours.with_campaign(campaign_id, member_id, now=now).next_open(earliest)
    return Turn(opening or earliest, rest_until)
