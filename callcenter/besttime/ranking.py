"""Those who are due and likely to answer at this part of the day go before the others. Nothing here commits."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update

from callcenter.besttime import history
from callcenter.besttime.estimating import Prior
from callcenter.besttime.estimating import prior_of
from callcenter.besttime.estimating import priority
from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import rules
from callcenter.permission.dayparts import Part
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from config.database import db

CHUNK = 2000
# A promised call has a place of its own.
WAITING = (QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at.is_(None))


@dataclass(frozen=True)
class Moment:
    """The part of the day at `at` on the clock of a club, and what is believed of its members then."""

    clock: history.Clock
    part: Part
    prior: Prior
    at: datetime


def campaign_ids() -> list[int]:
    """The running campaigns that call by the best time."""
    chosen = select(Campaign.id).where(Campaign.best_time, Campaign.state == CampaignState.RUNNING)
    return list(db.session.scalars(chosen.order_by(Campaign.id)))


def moment(campaign_id: int, *, now: datetime) -> Moment | None:
    """What is believed of the members of a campaign now; None when nobody is called at this hour."""
    campaign = db.session.get_one(Campaign, campaign_id)
    hours = rules.hours_of_one(campaign_id, now=now)
    if not hours.is_open(now):
        return None
    clock = history.clock_of(campaign.club_id, hours.zone, now=now)
    part = clock.part(now)
    return Moment(clock, part, prior_of(*history.of_club(campaign.club_id, clock, now=now)[part]), now)


def rank_some(campaign_id: int, believed: Moment, *, after_id: int, size: int = CHUNK) -> int | None:
    """Give the next due entries of a campaign their places, in the order of ids; gives the last one's, None at the end.

    Those whose members were never called keep the place of all and are not looked at.
    """
    was_called = exists().where(Call.member_id == QueueEntry.member_id, Call.member_dialled_at.is_not(None))
    rows = db.session.execute(
        select(QueueEntry.id, QueueEntry.member_id, QueueEntry.priority)
        .where(QueueEntry.campaign_id == campaign_id, *WAITING, QueueEntry.due_at <= believed.at)
        .where(QueueEntry.id > after_id, was_called)
        .order_by(QueueEntry.id)
        .limit(size)
    ).all()
    if not rows:
        return None
    _place(rows, believed)
    last: int = rows[-1].id
    return last


def forget(campaign_id: int, *, due_after: datetime | None = None) -> None:
    """Take the places back: of all waiting entries, or only of those that are due after a moment."""
    later = () if due_after is None else (QueueEntry.due_at > due_after,)
    db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.campaign_id == campaign_id, *WAITING, QueueEntry.priority != BASE_PRIORITY, *later)
        .values(priority=BASE_PRIORITY)
        .execution_options(synchronize_session=False)
    )


def ahead_count(campaign_id: int) -> int:
    """How many waiting entries have a place before the others because of the best time."""
    ahead = (QueueEntry.campaign_id == campaign_id, *WAITING, QueueEntry.priority != BASE_PRIORITY)
    return db.session.scalar(select(func.count()).select_from(QueueEntry).where(*ahead)) or 0


def _place(rows: Sequence[Any], believed: Moment) -> None:
    past: Mapping[int, Counter[bool]] = history.of_members(
        [row.member_id for row in rows], believed.part, believed.clock, now=believed.at
    )
    moved = defaultdict(list)
    for row in rows:
        reached, missed = past[row.member_id][True], past[row.member_id][False]
        place = priority(believed.prior, reached, reached + missed)
        if place != row.priority:
            moved[place].append(row.id)
    for place, ids in moved.items():
        entries = update(QueueEntry).where(QueueEntry.id.in_(ids), *WAITING, QueueEntry.due_at <= believed.at)
        db.session.execute(entries.values(priority=place).execution_options(synchronize_session=False))
