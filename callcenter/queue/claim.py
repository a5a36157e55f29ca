"""Hand out the next entry in one SQL statement, on SQLite and on PostgreSQL; where it comes back with nobody, one look
for the pools that have somebody for the operator, and one statement for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import BindParameter
from sqlalchemy import ColumnClause
from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import case
from sqlalchemy import exists
from sqlalchemy import literal_column
from sqlalchemy import null
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from callcenter.permission import gate
from callcenter.queue import pools
from callcenter.queue import queries
from callcenter.queue.leases import LEASE
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.pools import AT
from callcenter.queue.pools import ENTRY
from callcenter.queue.pools import OPERATOR
from callcenter.queue.pools import SKIPPED_SINCE
from callcenter.queue.pools import Moment
from callcenter.queue.pools import Operator
from callcenter.queue.pools import Pool
from callcenter.skips.queries import NOT_AGAIN
from config.database import UtcDateTime
from config.database import db
from config.errors import ConflictError
from config.statements import run_plain
from config.statements import savepoint

# Two operators may meet at one member (in two campaigns) or at the last seat of a quota cell: the database lets one
# of them through, the other looks again and finds what the winner left. So it is with a member who is not to be
# called after all. After so many looks in one press the desk asks again by itself.
LOOKS = 20
# A literal, for the same reason as WAITING.
LEASED: ColumnClause[EntryState] = literal_column("'leased'")
# Made once: a new alias for every claim costs more than the claim's statement.
HELD = QueueEntry.__table__.alias("held")
CAMPAIGN: BindParameter[int] = bindparam("campaign", type_=BigInteger())
CELL: BindParameter[int] = bindparam("cell", type_=BigInteger())
NEEDS: BindParameter[int] = bindparam("needed", type_=BigInteger())
UNTIL: BindParameter[datetime] = bindparam("until", type_=UtcDateTime())


def claim_next(operator_id: int, *, campaign_ids: Sequence[int], now: datetime) -> int | None:
    """Lease the next due entry of the campaigns (in their order, due callbacks first) to the operator.

    Gives its id; the one already held when there is one; None when nothing is due.
    """
    if not campaign_ids:
        return queries.held_by(operator_id)
    # The statements of a claim run past the session, which may hold what is not written yet.
    db.session.flush()
    values = {"operator": operator_id, "at": now, "until": now + LEASE, "skipped_since": now - NOT_AGAIN}
    can_return_more = _can_return_more()
    every = at_once(len(campaign_ids), can_return_more=can_return_more)
    entry_id = _claim(every, values | pools.places(campaign_ids))
    if entry_id is not None:
        return entry_id
    # Nobody is due, or others hold whoever waits in the pool whose turn it is.
    for pool in pools.of_operator(campaign_ids, operator_id, now):
        of_pool = {"campaign": pool.campaign_id, "cell": pool.cell_id, "needed": pool.needs}
        entry_id = _claim(
            in_pool(is_in_cell=pool.cell_id is not None, can_return_more=can_return_more), values | of_pool
        )
        if entry_id is not None:
            return entry_id
    # Whoever holds an entry was given no other one.
    return queries.held_by(operator_id)


def next_entry(pool: Pool, operator_id: Operator, *, now: Moment, skipped_since: Moment) -> Select[int]:
    """The head of a pool for an operator who holds nobody: due, for this operator, not held in another campaign, with
    a free seat in its quota cell.
    """
    is_held = exists().where(HELD.c.member_id == ENTRY.c.member_id, HELD.c.state == LEASED)
    holds_somebody = exists().where(HELD.c.operator_id == operator_id, HELD.c.state == LEASED)
    head = pools.first_of(pool, operator_id, now=now, skipped_since=skipped_since).where(~is_held, ~holds_somebody)
    if pool.cell_id is not None:
        head = head.where(exists().where(QuotaCell.id == pool.cell_id, ~QuotaCell.is_full))
    # PostgreSQL only: whoever is being claimed is passed by. SQLite has one writer and drops the clause.
    return head.with_for_update(skip_locked=True, of=ENTRY)


@cache
def at_once(campaign_count: int, *, can_return_more: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    """The whole claim in so many campaigns: whose turn it is, and the lease."""
    best = pools.in_turn(campaign_count).limit(pools.ONE).cte("best")
    campaign_id, cell_id, needed = (select(column).scalar_subquery() for column in best.c)
    in_none, in_cell = (
        next_entry(Pool(campaign_id, one, needed), OPERATOR, now=AT, skipped_since=SKIPPED_SINCE).scalar_subquery()
        for one in (None, cell_id)
    )
    return _lease(case((cell_id.is_(None), in_none), else_=in_cell), can_return_more=can_return_more)


@cache
def in_pool(*, is_in_cell: bool, can_return_more: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    """The claim in one pool, in a quota cell or in none."""
    pool = Pool(CAMPAIGN, CELL if is_in_cell else None, NEEDS)
    return _lease(
        next_entry(pool, OPERATOR, now=AT, skipped_since=SKIPPED_SINCE).scalar_subquery(),
        can_return_more=can_return_more,
    )


def _lease(entry_id: ColumnElement[int], *, can_return_more: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    return (
        update(QueueEntry)
        .where(QueueEntry.id == entry_id)
        # The seat of earlier answers went back with the entry; the interview takes one again when it goes on.
        .values(state=LEASED, operator_id=OPERATOR, leased_at=AT, lease_until=UNTIL, answer_cell_id=null())
        # SQLite takes no other table into what an UPDATE returns.
        .returning(*(gate.glance() if can_return_more else (QueueEntry.id,)))
    )


def _claim(claim: ReturningUpdate[*tuple[Any, ...]], values: Mapping[str, Any]) -> int | None:
    for _ in range(LOOKS):
        try:
            entry_id, refusal = _look(claim, values)
        except IntegrityError:
            held = queries.held_by(values["operator"])
            if held is not None:
                return held
            continue
        if entry_id is None or refusal is None:
            return entry_id
        gate.pass_by(entry_id, refusal, now=values["at"])
    return None


def _look(
    claim: ReturningUpdate[*tuple[Any, ...]], values: Mapping[str, Any]
) -> tuple[int | None, ConflictError | None]:
    """The entry that was leased, or the one that was not because of what the gate has against its member."""
    with savepoint() as claimed:
        leased = run_plain(claim, {**gate.since(values["at"]), **values}).one_or_none()
        if leased is None:
            return None, None
        seen = gate.Seen._make(leased) if _can_return_more() else gate.look(leased.id, now=values["at"])
        refusal = gate.refusal(seen, now=values["at"])
        if refusal is not None:
            # Undone at once: two operators who kept the place of one member and tried the next could wait in a circle.
            claimed.undo()
    return seen.id, refusal


def _can_return_more() -> bool:
    return db.engine.dialect.name == "postgresql"
