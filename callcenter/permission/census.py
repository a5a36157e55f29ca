"""How many members of a queue are kept from a call by which reason, and when the first of each may be called."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy import and_
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import literal
from sqlalchemy import select

from callcenter.calls.aapor import OUTCOMES
from callcenter.campaigns.hours import Hours
from callcenter.campaigns.models import Campaign
from callcenter.permission import rules
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

# What a member is counted under when nothing keeps them from a call.
CALLABLE = "callable"
TEMPORARY = sorted(code for code, outcome in OUTCOMES.items() if outcome.is_temporary)
# In the order in which they are told; those of the second line are called no more.
WAITING = (
    CALLABLE, Why.HELD, Why.PROMISED, Why.SKILL, Why.REFUSED, Why.SKIPPED, Why.CALLBACK, Why.RETRY, Why.TURN,
    Why.RANG_OFTEN, Why.QUOTA_FULL,
)  # fmt: skip
DONE = (Why.BARRED_CLUB, Why.ATTEMPTS_USED_UP, Why.CLOSED)
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


def emptiness(campaign_ids: Sequence[int], *, operator_id: int, now: datetime) -> Emptiness:
    """Why an operator of these running campaigns gets nobody at the moment."""
    groups = [group for group in count(campaign_ids, operator_id=operator_id, now=now) if group.kind in WAITING]
    campaigns = _with_hours(campaign_ids, now)
    return Emptiness(_first_turn(campaigns, operator_id, now), groups, _closed(campaigns, now))


def count(campaign_ids: Sequence[int], *, operator_id: int | None = None, now: datetime) -> list[Group]:
    """The entries of some campaigns by the one reason that tells most, each entry once.

    With `operator_id` as that operator stands to them: a group for each set of skills they lack.
    """
    kind, lacked = _kind(operator_id, now).label("kind"), _lacked(operator_id).label("lacked")
    one = (
        select(kind, case((kind == Why.SKILL, lacked), else_=0).label("lacked"), QueueEntry.due_at)
        .outerjoin(QuotaCell, QuotaCell.id == QueueEntry.cell_id)
        .where(QueueEntry.campaign_id.in_(campaign_ids))
        .subquery()
    )
    rows = db.session.execute(
        select(one.c.kind, one.c.lacked, func.count(), func.min(one.c.due_at))
        .group_by(one.c.kind, one.c.lacked)
        .order_by(func.count().desc())
    )
    used, order = catalogue.used(), (*WAITING, *DONE)
    groups = [
        Group(name, number, first if name in TIMED else None, catalogue.within(lacking, used))
        for name, lacking, number, first in rows
    ]
    return sorted(groups, key=lambda group: order.index(group.kind))


def _lacked(operator_id: int | None) -> ColumnElement[int]:
    """The needed skills that an operator lacks; without one, nothing is lacked."""
    return literal(0) if operator_id is None else QueueEntry.needs.bitwise_and(lacked_by(operator_id))


def closed(campaign_ids: Sequence[int], *, now: datetime) -> dict[str, Reason]:
    """Why some of the campaigns may not call now, by the campaign's name."""
    return _closed(_with_hours(campaign_ids, now), now)


def _with_hours(campaign_ids: Sequence[int], now: datetime) -> list[tuple[Campaign, Hours]]:
    campaigns = db.session.scalars(select(Campaign).where(Campaign.id.in_(campaign_ids)).order_by(Campaign.id)).all()
    hours = rules.hours_of(campaigns, now=now)
    return [(campaign, hours[campaign.id]) for campaign in campaigns]


def _first_turn(campaigns: Sequence[tuple[Campaign, Hours]], operator_id: int, now: datetime) -> datetime | None:
    """When the operator may call the first waiting member of these campaigns: due, and in the campaign's hours."""
    hours = {campaign.id: open_hours for campaign, open_hours in campaigns}
    rows = db.session.execute(
        select(QueueEntry.campaign_id, func.min(QueueEntry.due_at))
        .outerjoin(QuotaCell, QuotaCell.id == QueueEntry.cell_id)
        .where(QueueEntry.campaign_id.in_(list(hours)), QueueEntry.state == EntryState.WAITING, ~_is_quota_full())
        .where(is_for(operator_id, skipped_since=now - NOT_AGAIN))
        .group_by(QueueEntry.campaign_id)
    )
    turns = [hours[campaign_id].next_open(max(first, now)) for campaign_id, first in rows]
    return min((turn for turn in turns if turn is not None), default=None)


def _closed(campaigns: Sequence[tuple[Campaign, Hours]], now: datetime) -> dict[str, Reason]:
    found = {}
    for campaign, hours in campaigns:
        reason = out_of_hours(hours, now)
        if reason is not None:
            found[campaign.name] = reason
    return found


def _is_quota_full() -> ColumnElement[bool]:
    return func.coalesce(QuotaCell.is_full, False)


def _kind(operator_id: int | None, now: datetime) -> ColumnElement[str]:
    waits = QueueEntry.state == EntryState.WAITING
    later = and_(waits, QueueEntry.due_at > now)
    promised = and_(waits, QueueEntry.callback_at.is_not(None))
    return case(
        (QueueEntry.state == EntryState.LEASED, literal(Why.HELD.value)),
        (and_(QueueEntry.state == EntryState.CLOSED, QueueEntry.is_barred), literal(Why.BARRED_CLUB.value)),
        (
            and_(QueueEntry.state == EntryState.CLOSED, QueueEntry.outcome.in_(TEMPORARY)),
            literal(Why.ATTEMPTS_USED_UP.value),
        ),
        (QueueEntry.state == EntryState.CLOSED, literal(Why.CLOSED.value)),
        (_is_quota_full(), literal(Why.QUOTA_FULL.value)),
        (and_(promised, later), literal(Why.CALLBACK.value)),
        (and_(later, QueueEntry.rest_until > now), literal(Why.RANG_OFTEN.value)),
        (and_(later, QueueEntry.outcome.is_not(None)), literal(Why.RETRY.value)),
        (later, literal(Why.TURN.value)),
        # A promise of one operator is nobody else's turn, even when its time has come.
        (and_(promised, QueueEntry.callback_operator_id != (operator_id or 0)), literal(Why.PROMISED.value)),
        (_lacked(operator_id) != 0, literal(Why.SKILL.value)),
        (QueueEntry.refused_operator_id == (operator_id or 0), literal(Why.REFUSED.value)),
        (QueueEntry.id.in_(lately_by(operator_id or 0, since=now - NOT_AGAIN)), literal(Why.SKIPPED.value)),
        else_=literal(CALLABLE),
    )
