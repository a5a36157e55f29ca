"""Hand out the next entry: one SQL statement for each campaign and quota cell tried, on SQLite and on PostgreSQL.

Full cells are not tried at all; of the others in a campaign the emptiest goes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from typing import NamedTuple

from sqlalchemy import BigInteger
from sqlalchemy import BindParameter
from sqlalchemy import ColumnClause
from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import literal_column
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from callcenter.permission import gate
from callcenter.queue import queries
from callcenter.queue.leases import LEASE
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.queries import WAITING
from callcenter.skills.giving import lacked_by
from callcenter.skips.queries import NOT_AGAIN
from callcenter.skips.queries import lately_by
from config.database import UtcDateTime
from config.database import db
from config.database import run_plain
from config.errors import ConflictError

# Two operators may meet at one member (in two campaigns) or at the last seat of a quota cell: the database lets one
# of them through, the other looks again and finds what the winner left. So it is with a member who is not to be
# called after all. After so many looks in one press the desk asks again by itself.
LOOKS = 20
# Literals, for the same reason as WAITING.
ONE: ColumnClause[int] = literal_column("1")
LEASED: ColumnClause[EntryState] = literal_column("'leased'")
# Made once: a new alias for every claim costs more than the claim's statement.
HELD = QueueEntry.__table__.alias("held")
# What changes from claim to claim: the statements around it are built once, which costs more than to run them.
Id = int | BindParameter[int]
Moment = datetime | BindParameter[datetime]
OPERATOR: BindParameter[int] = bindparam("operator", type_=BigInteger())
CAMPAIGN: BindParameter[int] = bindparam("campaign", type_=BigInteger())
CAMPAIGNS: BindParameter[Sequence[int]] = bindparam("campaigns", expanding=True)
CELL: BindParameter[int] = bindparam("cell", type_=BigInteger())
AT: BindParameter[datetime] = bindparam("at", type_=UtcDateTime())
UNTIL: BindParameter[datetime] = bindparam("until", type_=UtcDateTime())
SKIPPED_SINCE: BindParameter[datetime] = bindparam("skipped_since", type_=UtcDateTime())


class Pool(NamedTuple):
    """The waiting members of a campaign in one quota cell, or (None) in no cell."""

    campaign_id: Id
    cell_id: Id | None


def claim_next(operator_id: int, *, campaign_ids: Sequence[int], now: datetime) -> int | None:
    """Lease the next due entry of the campaigns (in their order, due callbacks first) to the operator.

    Gives its id; the one already held when there is one; None when nothing is due.
    """
    # The statements of a claim run past the session, which may hold what is not written yet.
    db.session.flush()
    held = queries.held_by(operator_id)
    if held is not None:
        return held
    for pool in pools(campaign_ids, operator_id, now):
        entry_id = _claim_in(pool, operator_id, now)
        if entry_id is not None:
            return entry_id
    return None


def next_entry(pool: Pool, operator_id: Id, *, now: Moment, skipped_since: Moment) -> Select[int]:
    """The head of a pool for an operator: due, for this operator, not held in another campaign, with a
    free seat in its quota cell.
    """
    is_held = exists().where(HELD.c.member_id == QueueEntry.member_id, HELD.c.state == LEASED)
    in_cell = (
        (QueueEntry.cell_id.is_(None),)
        if pool.cell_id is None
        else (QueueEntry.cell_id == pool.cell_id, exists().where(QuotaCell.id == pool.cell_id, ~QuotaCell.is_full))
    )
    return (
        _first_due(operator_id, now, skipped_since)
        .where(QueueEntry.campaign_id == pool.campaign_id, *in_cell, ~is_held)
        # PostgreSQL only: whoever is being claimed is passed by. SQLite has one writer and drops the clause.
        .with_for_update(skip_locked=True, of=QueueEntry)
    )


def is_for(operator_id: Id, *, skipped_since: Moment) -> ColumnElement[bool]:
    """Whether an operator may have an entry: not another's promise, needing no skill they lack, not refused to them,
    and not skipped by them since a moment.
    """
    promised_by = QueueEntry.callback_operator_id
    return and_(
        or_(promised_by.is_(None), promised_by == operator_id, QueueEntry.callback_at.is_(None)),
        QueueEntry.needs.bitwise_and(lacked_by(operator_id)) == 0,
        QueueEntry.refused_operator_id.is_distinct_from(operator_id),
        QueueEntry.id.not_in(lately_by(operator_id, since=skipped_since)),
    )


def _first_due(operator_id: Id, now: Moment, skipped_since: Moment) -> Select[int]:
    return (
        select(QueueEntry.id)
        .where(QueueEntry.state == WAITING, QueueEntry.due_at <= now)
        .where(is_for(operator_id, skipped_since=skipped_since))
        # The columns of the index, so that its head is the answer.
        .order_by(QueueEntry.cell_id, QueueEntry.priority, QueueEntry.due_at, QueueEntry.id)
        .limit(ONE)
    )


@cache
def statement(*, is_in_cell: bool) -> ReturningUpdate[int]:
    """The claim itself, in a quota cell or in none; its values are those of `_values`."""
    head = next_entry(Pool(CAMPAIGN, CELL if is_in_cell else None), OPERATOR, now=AT, skipped_since=SKIPPED_SINCE)
    return (
        update(QueueEntry)
        .where(QueueEntry.id == head.scalar_subquery())
        # The seat of earlier answers went back with the entry; the interview takes one again when it goes on.
        .values(state=EntryState.LEASED, operator_id=OPERATOR, leased_at=AT, lease_until=UNTIL, answer_cell_id=None)
        .returning(QueueEntry.id)
    )


def _values(operator_id: int, now: datetime) -> dict[str, object]:
    return {"operator": operator_id, "at": now, "skipped_since": now - NOT_AGAIN}


def _claim(pool: Pool, operator_id: int, now: datetime) -> int | None:
    values = {**_values(operator_id, now), "until": now + LEASE, "campaign": pool.campaign_id, "cell": pool.cell_id}
    found: int | None = run_plain(statement(is_in_cell=pool.cell_id is not None), values).scalar()
    return found


def _claim_in(pool: Pool, operator_id: int, now: datetime) -> int | None:
    for _ in range(LOOKS):
        try:
            entry_id, refusal = _look(pool, operator_id, now)
        except IntegrityError:
            held = queries.held_by(operator_id)
            if held is not None:
                return held
            continue
        if entry_id is None or refusal is None:
            return entry_id
        gate.pass_by(entry_id, refusal, now=now)
    return None


def _look(pool: Pool, operator_id: int, now: datetime) -> tuple[int | None, ConflictError | None]:
    """The entry that was leased, or the one that was not because of what the gate has against its member."""
    with db.session.begin_nested() as claimed:
        entry_id = _claim(pool, operator_id, now)
        refusal = None if entry_id is None else gate.refusal(entry_id, now=now)
        if refusal is not None:
            # Undone at once: two operators who kept the place of one member and tried the next could wait in a circle.
            claimed.rollback()
    return entry_id, refusal


def pools(campaign_ids: Sequence[int], operator_id: int, now: datetime) -> list[Pool]:
    """Where to look, in this order: first where a member waits for a promised call, the operator's own before; then
    by campaign, its emptiest quota cell first and those in no cell last. Full cells are left out.
    """
    cells = _open_cells(campaign_ids, operator_id, now)
    every = [Pool(campaign_id, cell_id) for campaign_id in campaign_ids for cell_id in (*cells[campaign_id], None)]
    if len(every) <= 1:
        return every
    promised = run_plain(_promised(), {**_values(operator_id, now), "campaigns": campaign_ids})
    first = {Pool(row.campaign_id, row.cell_id): row.first for row in promised}
    return sorted(every, key=lambda pool: first.get(pool, BASE_PRIORITY))


@cache
def _promised() -> Select[*tuple[Any, ...]]:
    return (
        select(QueueEntry.campaign_id, QueueEntry.cell_id, func.min(QueueEntry.priority).label("first"))
        .where(QueueEntry.campaign_id.in_(CAMPAIGNS), QueueEntry.state == WAITING)
        .where(QueueEntry.callback_at.is_not(None), QueueEntry.due_at <= AT)
        .where(is_for(OPERATOR, skipped_since=SKIPPED_SINCE))
        .group_by(QueueEntry.campaign_id, QueueEntry.cell_id)
    )


def _open_cells(campaign_ids: Sequence[int], operator_id: int, now: datetime) -> dict[int, list[int]]:
    """The cells of each campaign that have a free seat and a member to call, the emptiest first."""
    cells: dict[int, list[int]] = {campaign_id: [] for campaign_id in campaign_ids}
    for row in run_plain(_cells(), {**_values(operator_id, now), "campaigns": campaign_ids}):
        cells[row.campaign_id].append(row.id)
    return cells


@cache
def _cells() -> Select[*tuple[Any, ...]]:
    # Limited, because PostgreSQL would make a join of the whole queue out of a plain EXISTS.
    head = (
        _first_due(OPERATOR, AT, SKIPPED_SINCE)
        .where(QueueEntry.campaign_id == QuotaCell.campaign_id, QueueEntry.cell_id == QuotaCell.id)
        .correlate(QuotaCell)
        .scalar_subquery()
    )
    filled = (QuotaCell.reserved_count + QuotaCell.completed_count) * 1.0 / QuotaCell.target_count
    return (
        select(QuotaCell.campaign_id, QuotaCell.id)
        .where(QuotaCell.campaign_id.in_(CAMPAIGNS), ~QuotaCell.is_full, head.is_not(None))
        .order_by(filled, QuotaCell.id)
    )
