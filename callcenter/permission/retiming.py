"""Waiting entries move when the hours change in which their members may be called. Promised calls stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy import update

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.own_hours import OwnHours
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import Policy
from callcenter.permission import attempts
from callcenter.permission import dayparts
from callcenter.permission import member_hours
from callcenter.permission import rules
from callcenter.permission.attempts import Tried
from callcenter.permission.timing import SOON
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db

CHUNK = 2000
WAITING = (QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at.is_(None))


def of_member(member_id: int, *, now: datetime) -> None:
    """Move a member's waiting calls to the hours they want."""
    own = member_hours.of_members([member_id])
    entries = db.session.scalars(
        select(QueueEntry)
        .join(Campaign, Campaign.id == QueueEntry.campaign_id)
        .where(QueueEntry.member_id == member_id, *WAITING, Campaign.state != CampaignState.CLOSED)
    ).all()
    for entry in entries:
        hours = rules.hours_of_one(entry.campaign_id, now=now)
        move([entry], hours, own, now=now)


def campaign_ids(club_id: int) -> list[int]:
    """The campaigns of a club whose entries may still be called."""
    of_club = select(Campaign.id).where(Campaign.club_id == club_id, Campaign.state != CampaignState.CLOSED)
    return list(db.session.scalars(of_club.order_by(Campaign.id)))


def move_some(campaign_id: int, *, after_id: int, now: datetime, size: int = CHUNK) -> int | None:
    """Move the next waiting entries of a campaign, in the order of their ids; gives the last one's, None at the end."""
    entries = db.session.scalars(
        select(QueueEntry)
        .where(QueueEntry.campaign_id == campaign_id, QueueEntry.id > after_id, *WAITING)
        .order_by(QueueEntry.id)
        .limit(size)
    ).all()
    if not entries:
        return None
    own = member_hours.of_members([entry.member_id for entry in entries])
    move(entries, rules.hours_of_one(campaign_id, now=now), own, now=now)
    return entries[-1].id


def of_new(campaign: Campaign, own: Mapping[int, OwnHours], *, added_at: datetime) -> None:
    """Move the calls that were added to a campaign at a moment, to members who want to be called at `own` hours."""
    if own:
        entries = select(QueueEntry).where(QueueEntry.campaign_id == campaign.id, QueueEntry.member_id.in_(own))
        new = entries.where(*WAITING, QueueEntry.created_at == added_at)
        hours = rules.hours_of([campaign], now=added_at)[campaign.id]
        move(db.session.scalars(new).all(), hours, own, now=added_at)


def move(entries: Sequence[QueueEntry], hours: Hours, own: Mapping[int, OwnHours], *, now: datetime) -> None:
    """Give entries of one campaign the first moment that its `hours` and the members' `own` ones leave them."""
    tried = attempts.of_entries([entry.id for entry in entries if entry.attempt_count])
    policies = {campaign_id: policy_of(campaign_id) for campaign_id in {entry.campaign_id for entry in entries}}
    moved: dict[datetime, list[int]] = defaultdict(list)
    for entry in entries:
        theirs = replace(hours, own=own.get(entry.member_id))
        due_at = _due(entry, theirs, tried.get(entry.id), policies[entry.campaign_id], now)
        if due_at != entry.due_at:
            moved[due_at].append(entry.id)
    for due_at, ids in moved.items():
        db.session.execute(update(QueueEntry).where(QueueEntry.id.in_(ids), *WAITING).values(due_at=due_at))


def _due(entry: QueueEntry, hours: Hours, tried: Tried | None, policy: Policy, now: datetime) -> datetime:
    wait = policy.retry_after(tried.disposition) if tried else timedelta()
    wanted = tried.disposed_at + wait if tried else entry.created_at
    earliest = max(wanted, entry.rest_until or wanted)
    # Whoever is due keeps the place among those who are.
    if earliest <= now and hours.is_open(now):
        return earliest
    at = max(earliest, now)
    return dayparts.spread(hours, at, tried.unreached if tried and wait >= SOON else ()) or at
