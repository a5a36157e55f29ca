"""Waiting entries move when the hours change in which their members may be called. Promised calls stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.models import Call
from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.own_hours import OwnHours
from callcenter.outcomes.queries import policy_of
from callcenter.permission import member_hours
from callcenter.permission import rules
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


def of_members(campaign: Campaign, own: Mapping[int, OwnHours], *, now: datetime) -> None:
    """Move the waiting calls of a campaign to members who want to be called at `own` hours."""
    if own:
        entries = select(QueueEntry).where(QueueEntry.campaign_id == campaign.id, QueueEntry.member_id.in_(own))
        hours = rules.hours_of([campaign], now=now)[campaign.id]
        move(db.session.scalars(entries.where(*WAITING)).all(), hours, own, now=now)


def move(entries: Sequence[QueueEntry], hours: Hours, own: Mapping[int, OwnHours], *, now: datetime) -> None:
    """Give entries of one campaign the first moment that its `hours` and the members' `own` ones leave them."""
    wanted = _wanted(entries)
    moved: dict[datetime, list[int]] = defaultdict(list)
    for entry in entries:
        earliest = max(wanted[entry.id], entry.rest_until or wanted[entry.id])
        due_at = _due(replace(hours, own=own.get(entry.member_id)), earliest, now)
        if due_at != entry.due_at:
            moved[due_at].append(entry.id)
    for due_at, ids in moved.items():
        db.session.execute(update(QueueEntry).where(QueueEntry.id.in_(ids), *WAITING).values(due_at=due_at))


def _due(hours: Hours, earliest: datetime, now: datetime) -> datetime:
    # Whoever is due keeps the place among those who are.
    if earliest <= now and hours.is_open(now):
        return earliest
    at = max(earliest, now)
    return hours.next_open(at) or at


def _wanted(entries: Sequence[QueueEntry]) -> dict[int, datetime]:
    """From when on each entry may be called by its own last call, whatever the hours: at once when there is none."""
    tried = [entry for entry in entries if entry.attempt_count]
    last = select(func.max(Call.id)).where(Call.entry_id.in_([entry.id for entry in tried])).group_by(Call.entry_id)
    rows = db.session.execute(
        select(Call.entry_id, Call.campaign_id, Call.disposition, Call.disposed_at).where(Call.id.in_(last))
    ).all()
    policies = {campaign_id: policy_of(campaign_id) for campaign_id in {row.campaign_id for row in rows}}
    after_call = {
        row.entry_id: row.disposed_at + policies[row.campaign_id].retry_after(row.disposition)
        for row in rows
        if row.disposed_at is not None and row.disposition is not None
    }
    return {entry.id: after_call.get(entry.id, entry.created_at) for entry in entries}
