"""Hand out the next entry: one look for the pools that have somebody for the operator, then one SQL statement for each
pool tried, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import BigInteger
from sqlalchemy import BindParameter
from sqlalchemy import ColumnClause
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import exists
from sqlalchemy import literal_column
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
from config.database import run_plain
from config.database import savepoint
from config.errors import ConflictError

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
    # The statements of a claim run past the session, which may hold what is not written yet.
    db.session.flush()
    for pool in pools.of_operator(campaign_ids, operator_id, now):
        entry_id = _claim_in(pool, operator_id, now)
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
def statement(*, is_in_cell: bool) -> ReturningUpdate[int]:
    """The claim itself, in a quota cell or in none; its values are those of `_claim`."""
    pool = Pool(CAMPAIGN, CELL if is_in_cell else None, NEEDS)
    head = next_entry(pool, OPERATOR, now=AT, skipped_since=SKIPPED_SINCE)
    return (
        update(QueueEntry)
        .where(QueueEntry.id == head.scalar_subquery())
        # The seat of earlier answers went back with the entry; the interview takes one again when it goes on.
        .values(state=EntryState.LEASED, operator_id=OPERATOR, leased_at=AT, lease_until=UNTIL, answer_cell_id=None)
        .returning(QueueEntry.id)
    )


def _claim(pool: Pool, operator_id: int, now: datetime) -> int | None:
    values = {
        "operator": operator_id,
        "campaign": pool.campaign_id,
        "cell": pool.cell_id,
        "needed": pool.needs,
        "at": now,
        "until": now + LEASE,
        "skipped_since": now - NOT_AGAIN,
    }
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
    with savepoint() as claimed:
        entry_id = _claim(pool, operator_id, now)
        refusal = None if entry_id is None else gate.refusal(entry_id, now=now)
        if refusal is not None:
            # Undone at once: two operators who kept the place of one member and tried the next could wait in a circle.
            claimed.undo()
    return entry_id, refusal
