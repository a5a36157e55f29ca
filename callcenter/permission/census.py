"""How many members of a queue are kept from a call by which reason, and when the first of each may be called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import Campaign
from callcenter.permission import heaps
from callcenter.permission import rules
from callcenter.permission.heaps import CALLABLE
from callcenter.permission.heaps import Heap
from callcenter.permission.reasons import Reason
from callcenter.permission.reasons import Why
from callcenter.permission.reasons import out_of_hours
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.pools import is_for
from callcenter.skills import catalogue
from callcenter.skills.catalogue import Skill
from callcenter.skills.giving import lacked_by
from callcenter.skips.queries import NOT_AGAIN
from callcenter.skips.queries import lately_by
from config.database import db

# In the order in which they are told; those of the second line are called no more.
WAITING = (
    CALLABLE, Why.HELD, Why.PROMISED, Why.SKILL, Why.REFUSED, Why.SKIPPED, Why.CALLBACK, Why.RETRY, Why.TURN,
    Why.RANG_OFTEN, Why.QUOTA_FULL,
)  # fmt: skip
DONE = (Why.BARRED_CLUB, Why.ATTEMPTS_USED_UP, Why.CLOSED)
# Those for whom a turn comes.
TURNS = frozenset({CALLABLE, Why.CALLBACK, Why.RETRY, Why.TURN, Why.RANG_OFTEN})
# Only these know when the first of them is due.
TIMED = frozenset({Why.CALLBACK, Why.RETRY, Why.TURN, Why.RANG_OFTEN})


@dataclass(frozen=True)
class Group:
    """So many members with the same reason (Why) or none (CALLABLE); the first of them is due at `next_at`.

    `skills` are those they wait for.
    """

    kind: str
    count: int
    next_at: datetime | None
    skills: Sequence[Skill] = ()


@dataclass(frozen=True)
class Emptiness:
    """Why nobody is handed out: who waits for what, which campaigns may not call now, when the next call can be.

    `closed` has the reason for each such campaign by its name.
    """

    first_at: datetime | None
    groups: Sequence[Group]
    closed: Mapping[str, Reason]


@dataclass(frozen=True)
class _Reader:
    """For whom is counted: what the operator lacks, and how many of each campaign's members they skipped lately."""

    operator_id: int = 0
    lacked: int = 0
    skipped: Mapping[int, int] = field(default_factory=dict)


NOBODY = _Reader()


def emptiness(campaign_ids: Sequence[int], *, operator_id: int, now: datetime) -> Emptiness:
    """Why an operator of these running campaigns gets nobody at the moment."""
    found, reader = heaps.of_campaigns(campaign_ids, now=now), _reader(campaign_ids, operator_id, now)
    groups = [group for group in _groups(found, reader) if group.kind in WAITING]
    campaigns = _with_hours(campaign_ids, now)
    return Emptiness(_first_turn(campaigns, found, reader, now), groups, _closed(campaigns, now))


def count(campaign_ids: Sequence[int], *, now: datetime) -> list[Group]:
    """The entries of some campaigns by the one reason that tells most, each entry once."""
    return _groups(heaps.of_campaigns(campaign_ids, now=now), NOBODY)


def _groups(found: Sequence[Heap], reader: _Reader) -> list[Group]:
    """A group for each reason, as the reader stands to the entries: one for each set of skills that they lack."""
    counts: Counter[tuple[str, int]] = Counter()
    first: dict[tuple[str, int], datetime] = {}
    for heap in found:
        kind = _kind(heap, reader)
        key = (kind, heap.needs & reader.lacked if kind == Why.SKILL else 0)
        counts[key] += heap.count
        first[key] = min(first.get(key, heap.first_at), heap.first_at)
    skipped = sum(reader.skipped.values())
    counts[Why.SKIPPED, 0], counts[CALLABLE, 0] = skipped, counts[CALLABLE, 0] - skipped
    used, order = catalogue.used(), (*WAITING, *DONE)
    groups = [
        Group(kind, number, first[kind, lacking] if kind in TIMED else None, catalogue.within(lacking, used))
        for (kind, lacking), number in counts.most_common()
        if number > 0
    ]
    return sorted(groups, key=lambda group: order.index(group.kind))


def _kind(heap: Heap, reader: _Reader) -> str:
    if heap.kind != CALLABLE:
        return heap.kind
    checks = (
        # A promise of one operator is nobody else's turn, even when its time has come.
        (Why.PROMISED, heap.promised_id is not None and heap.promised_id != reader.operator_id),
        (Why.SKILL, heap.needs & reader.lacked != 0),
        (Why.REFUSED, heap.refused_id is not None and heap.refused_id == reader.operator_id),
    )
    return next((kind for kind, holds in checks if holds), CALLABLE)


def _reader(campaign_ids: Sequence[int], operator_id: int, now: datetime) -> _Reader:
    lacked = db.session.scalar(select(lacked_by(operator_id))) or 0
    rows = db.session.execute(
        select(QueueEntry.campaign_id, func.count())
        .outerjoin(QuotaCell, QuotaCell.id == QueueEntry.cell_id)
        .where(
            QueueEntry.campaign_id.in_(campaign_ids), QueueEntry.id.in_(lately_by(operator_id, since=now - NOT_AGAIN))
        )
        .where(QueueEntry.state == EntryState.WAITING, QueueEntry.due_at <= now, ~heaps.is_quota_full())
        # Whom else the operator may have, whatever they skipped.
        .where(is_for(operator_id, skipped_since=now))
        .group_by(QueueEntry.campaign_id)
    )
    return _Reader(operator_id, lacked, dict(iter(rows)))


def closed(campaign_ids: Sequence[int], *, now: datetime) -> dict[str, Reason]:
    """Why some of the campaigns may not call now, by the campaign's name."""
    return _closed(_with_hours(campaign_ids, now), now)


def _with_hours(campaign_ids: Sequence[int], now: datetime) -> list[tuple[Campaign, Hours]]:
    campaigns = db.session.scalars(select(Campaign).where(Campaign.id.in_(campaign_ids)).order_by(Campaign.id)).all()
    hours = rules.hours_of(campaigns, now=now)
    return [(campaign, hours[campaign.id]) for campaign in campaigns]


def _first_turn(
    campaigns: Sequence[tuple[Campaign, Hours]], found: Sequence[Heap], reader: _Reader, now: datetime
) -> datetime | None:
    """When the operator may call the first waiting member of these campaigns: due, and in the campaign's hours."""
    theirs = [heap for heap in found if heap.kind in TURNS and _kind(replace(heap, kind=CALLABLE), reader) == CALLABLE]
    left = Counter({campaign_id: -count for campaign_id, count in reader.skipped.items()})
    for heap in theirs:
        left[heap.campaign_id] += heap.count if heap.kind == CALLABLE else 0
    first: dict[int, datetime] = {}
    for heap in theirs:
        # Who is due and was skipped by the operator is not their next.
        if heap.kind != CALLABLE or left[heap.campaign_id] > 0:
            first[heap.campaign_id] = min(first.get(heap.campaign_id, heap.first_at), heap.first_at)
    turns = [hours.next_open(max(first[one.id], now)) for one, hours in campaigns if one.id in first]
    return min((turn for turn in turns if turn is not None), default=None)


def _closed(campaigns: Sequence[tuple[Campaign, Hours]], now: datetime) -> dict[str, Reason]:
    found = {}
    for campaign, hours in campaigns:
        reason = out_of_hours(hours, now)
        if reason is not None:
            found[campaign.name] = reason
    return found
