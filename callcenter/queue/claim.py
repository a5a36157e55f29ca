"""Hand out the next entry: one SQL statement for each campaign and quota cell tried, on SQLite and on PostgreSQL.

Full cells are not tried at all; of the others in a campaign the emptiest goes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnClause
from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import and_
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
from callcenter.skills.giving import lacked_by
from callcenter.skips.queries import lately_by
from config.database import db
from config.errors import ConflictError

# Two operators may meet at one member (in two campaigns) or at the last seat of a quota cell: the database lets one
# of them through, the other looks again and finds what the winner left. So it is with a member who is not to be
# called after all. After so many looks in one press the desk asks again by itself.
LOOKS = 20
# The literals, not bound values, match the partial indexes: a generic plan could not use them otherwise.
WAITING: ColumnClause[EntryState] = literal_column("'waiting'")
ONE: ColumnClause[int] = literal_column("1")
LEASED: ColumnClause[EntryState] = literal_column("'leased'")
# Made once: a new alias for every claim costs more than the claim's statement.
HELD = QueueEntry.__table__.alias("held")


class Pool(NamedTuple):
    """The waiting members of a campaign in one quota cell, or (None) in no cell."""

    campaign_id: int
    cell_id: int | None


def claim_next(operator_id: int, *, campaign_ids: Sequence[int], now: datetime) -> int | None:
    """Lease the next due entry of the campaigns (in their order, due callbacks first) to the operator.

    Gives its id; the one already held when there is one; None when nothing is due.
    """
    held = queries.held_by(operator_id)
    if held is not None:
        return held
    for pool in pools(campaign_ids, operator_id, now):
        entry_id = _claim_in(pool, operator_id, now)
        if entry_id is not None:
            return entry_id
    return None


def next_entry(pool: Pool, operator_id: int, now: datetime) -> Select[int]:
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
        _first_due(operator_id, now)
        .where(QueueEntry.campaign_id == pool.campaign_id, *in_cell, ~is_held)
        # PostgreSQL only: whoever is being claimed is passed by. SQLite has one writer and drops the clause.
        .with_for_update(skip_locked=True, of=QueueEntry)
    )


def is_for(operator_id: int, now: datetime) -> ColumnElement[bool]:
    """Whether an operator may have an entry: not another's promise, needing no skill they lack, not refused to them."""
    promised_by = QueueEntry.callback_operator_id
    return and_(
        or_(promised_by.is_(None), promised_by == operator_id, QueueEntry.callback_at.is_(None)),
        QueueEntry.needs.bitwise_and(lacked_by(operator_id)) == 0,
        QueueEntry.refused_operator_id.is_distinct_from(operator_id),
        QueueEntry.id.not_in(lately_by(operator_id, now=now)),
    )


def _first_due(operator_id: int, now: datetime) -> Select[int]:
    return (
        select(QueueEntry.id)
        .where(QueueEntry.state == WAITING, QueueEntry.due_at <= now, is_for(operator_id, now))
        # The columns of the index, so that its head is the answer.
        .order_by(QueueEntry.cell_id, QueueEntry.priority, QueueEntry.due_at, QueueEntry.id)
        .limit(ONE)
    )


def _claim(pool: Pool, operator_id: int, now: datetime) -> ReturningUpdate[int]:
    return (
        update(QueueEntry)
        .where(QueueEntry.id == next_entry(pool, operator_id, now).scalar_subquery())
        # The seat of earlier answers went back with the entry; the interview takes one again when it goes on.
        .values(
            state=EntryState.LEASED,
            operator_id=operator_id,
            leased_at=now,
            lease_until=now + LEASE,
            answer_cell_id=None,
        )
        .returning(QueueEntry.id)
        .execution_options(synchronize_session=False)
    )


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
        entry_id = db.session.scalar(_claim(pool, operator_id, now))
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
    promised = db.session.execute(
        select(QueueEntry.campaign_id, QueueEntry.cell_id, func.min(QueueEntry.priority))
        .where(QueueEntry.campaign_id.in_(campaign_ids), QueueEntry.state == WAITING)
        .where(QueueEntry.callback_at.is_not(None), QueueEntry.due_at <= now, is_for(operator_id, now))
        .group_by(QueueEntry.campaign_id, QueueEntry.cell_id)
    )
    first = {Pool(campaign_id, cell_id): priority for campaign_id, cell_id, priority in promised}
    return sorted(every, key=lambda pool: first.get(pool, BASE_PRIORITY))


def _open_cells(campaign_ids: Sequence[int], operator_id: int, now: datetime) -> dict[int, list[int]]:
    """The cells of each campaign that have a free seat and a member to call, the emptiest first."""
    # Limited, because PostgreSQL would make a join of the whole queue out of a plain EXISTS.
    head = (
        _first_due(operator_id, now)
        .where(QueueEntry.campaign_id == QuotaCell.campaign_id, QueueEntry.cell_id == QuotaCell.id)
        .correlate(QuotaCell)
        .scalar_subquery()
    )
    filled = (QuotaCell.reserved_count + QuotaCell.completed_count) * 1.0 / QuotaCell.target_count
    rows = db.session.execute(
        select(QuotaCell.campaign_id, QuotaCell.id)
        .where(QuotaCell.campaign_id.in_(campaign_ids), ~QuotaCell.is_full, head.is_not(None))
        .order_by(filled, QuotaCell.id)
    )
    cells: dict[int, list[int]] = {campaign_id: [] for campaign_id in campaign_ids}
    for campaign_id, cell_id in rows:
        cells[campaign_id].append(cell_id)
    return cells
