"""When a waiting member is called: after the rest that the club's rules give, in the campaign's and their own hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from callcenter.campaigns.models import Campaign
from callcenter.permission import dayparts
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


# Who is to be tried again sooner is tried in the same part of the day.
SOON = timedelta(hours=2)


def turn_of(member_id: int, campaign_id: int, *, at: datetime, now: datetime, tried: Sequence[datetime] = ()) -> Turn:
    """The turn of a member who is to be called from `at` on. In a campaign that is over, `due_at` stays there.

    After attempts at `tried` that reached nobody, it comes in a part of the day in which they were tried less.
    """
    campaign = db.session.get_one(Campaign, campaign_id)
    found = resting.rests_of(member_id, rules=rules.of_club(campaign.club_id), rest_days=campaign.rest_days, now=now)
    rest_until = fatigue.rest_until(found)
    earliest = at if rest_until is None else max(at, rest_until)
    hours = member_hours.with_campaign(campaign_id, member_id, now=now)
    opening = dayparts.spread(hours, earliest, tried if at - now >= SOON else ())
    return Turn(opening or earliest, rest_until)
