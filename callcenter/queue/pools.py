"""Where in the queue to look for an operator's next member, and who goes first.

A pool are the waiting members of a campaign that are in one quota cell (or in none) and need the same skills: all its
members are for the operator, or none is. In the index of the claim they stand together, so that a hundred thousand whom
an operator may not call cost no more than one.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from typing import NamedTuple

from sqlalchemy import CTE
from sqlalchemy import BigInteger
from sqlalchemy import BindParameter
from sqlalchemy import ColumnClause
from sqlalchemy import ColumnElement
from sqlalchemy import Float
from sqlalchemy import FromClause
from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import SQLColumnExpression
from sqlalchemy import Subquery
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import cast
from sqlalchemy import literal_column
from sqlalchemy import null
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import union_all

from callcenter.campaigns.models import Campaign
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import LIKELY_PRIORITY
from callcenter.queue.queries import WAITING
from callcenter.skills.giving import lacked_by
from callcenter.skips.queries import NOT_AGAIN
from callcenter.skips.queries import lately_by
from config.database import UtcDateTime
from config.database import run_plain

# Literals, for the same reason as WAITING.
ONE: ColumnClause[int] = literal_column("1")
ZERO: ColumnClause[int] = literal_column("0")
# Made once: a new alias for every claim costs more than the claim's statement.
ENTRY = QueueEntry.__table__.alias("entry")
# What changes from claim to claim: the statements around it are built once, which costs more than to run them.
Id = int | SQLColumnExpression[int]
Operator = int | BindParameter[int]
Moment = datetime | BindParameter[datetime]
OPERATOR: BindParameter[int] = bindparam("operator", type_=BigInteger())
CAMPAIGNS: BindParameter[Sequence[int]] = bindparam("campaigns", expanding=True)
AT: BindParameter[datetime] = bindparam("at", type_=UtcDateTime())
SKIPPED_SINCE: BindParameter[datetime] = bindparam("skipped_since", type_=UtcDateTime())


class Pool(NamedTuple):
    """The waiting members of a campaign in one quota cell, or (None) in no cell, who need the same skills."""

    campaign_id: Id
    cell_id: Id | None
    needs: Id


def of_operator(campaign_ids: Sequence[int], operator_id: int, now: datetime) -> list[Pool]:
    """The pools that have somebody for the operator, in this order: first where a member waits for a promised call, the
    operator's own before; then by campaign, its emptiest quota cell first and those in no cell last. Full cells are
    left out.
    """
    values = {"operator": operator_id, "campaigns": campaign_ids, "at": now, "skipped_since": now - NOT_AGAIN}
    heads = run_plain(_heads(), values).all()
    places = {campaign_id: place for place, campaign_id in enumerate(campaign_ids)}
    return [
        Pool(head.campaign_id, head.cell_id, head.needs) for head in sorted(heads, key=lambda one: _turn(one, places))
    ]


def is_for(operator_id: Operator, *, skipped_since: Moment) -> ColumnElement[bool]:
    """Whether an operator may have an entry: not another's promise, needing no skill they lack, not refused to them,
    and not skipped by them since a moment.
    """
    return and_(
        QueueEntry.needs.bitwise_and(lacked_by(operator_id)) == 0, _is_open_to(operator_id, skipped_since=skipped_since)
    )


def first_of(pool: Pool, operator_id: Operator, *, now: Moment, skipped_since: Moment) -> Select[int]:
    """The head of a pool that may be the operator's: who is due, and is not kept for or from them."""
    return (
        select(QueueEntry.id)
        .where(QueueEntry.campaign_id == pool.campaign_id, _is_in(QueueEntry.cell_id, pool.cell_id))
        .where(QueueEntry.needs == pool.needs, QueueEntry.state == WAITING, QueueEntry.due_at <= now)
        .where(_is_open_to(operator_id, skipped_since=skipped_since))
        # The columns of the index, so that its head is the answer.
        .order_by(QueueEntry.cell_id, QueueEntry.needs, QueueEntry.priority, QueueEntry.due_at, QueueEntry.id)
        .limit(ONE)
    )


def _is_open_to(operator_id: Operator, *, skipped_since: Moment) -> ColumnElement[bool]:
    promised_by = QueueEntry.callback_operator_id
    return and_(
        or_(promised_by.is_(None), promised_by == operator_id, QueueEntry.callback_at.is_(None)),
        QueueEntry.refused_operator_id.is_distinct_from(operator_id),
        QueueEntry.id.not_in(lately_by(operator_id, since=skipped_since)),
    )


def _turn(head: Any, places: Mapping[int, int]) -> tuple[Any, ...]:
    promised = head.priority if head.priority < LIKELY_PRIORITY else BASE_PRIORITY
    cell = (head.cell_id is None, head.filled, head.cell_id or 0)
    return (promised, places[head.campaign_id], *cell, head.priority, head.due_at, head.id)


@cache
def _heads() -> Select[*tuple[Any, ...]]:
    """Who would be the next of each pool that an operator may be given, from every cell with a free seat."""
    filled = (QuotaCell.reserved_count + QuotaCell.completed_count) * 1.0 / QuotaCell.target_count
    # Who is in no cell comes after the cells; how full that is does not matter.
    cells = select(QuotaCell.campaign_id, QuotaCell.id.label("cell_id"), cast(filled, Float).label("filled")).where(
        QuotaCell.campaign_id.in_(CAMPAIGNS), ~QuotaCell.is_full
    )
    campaigns = select(
        Campaign.id.label("campaign_id"), cast(null(), BigInteger).label("cell_id"), cast(ZERO, Float).label("filled")
    ).where(Campaign.id.in_(CAMPAIGNS))
    every = union_all(_heads_in(cells, is_in_cell=True), _heads_in(campaigns, is_in_cell=False)).subquery("heads")
    return select(
        every.c.campaign_id, every.c.cell_id, every.c.needs, every.c.filled,
        QueueEntry.priority, QueueEntry.due_at, QueueEntry.id,
    ).join(QueueEntry, QueueEntry.id == every.c.head_id)  # fmt: skip


def _heads_in(places: Select[*tuple[Any, ...]], *, is_in_cell: bool) -> Select[*tuple[Any, ...]]:
    """The pools of some places (quota cells, or campaigns for who is in none), each with its head."""
    kinds = _every_need(places.subquery(), is_in_cell=is_in_cell)
    pool = Pool(kinds.c.campaign_id, kinds.c.cell_id if is_in_cell else None, kinds.c.needs)
    head = first_of(pool, OPERATOR, now=AT, skipped_since=SKIPPED_SINCE).correlate(kinds).scalar_subquery()
    return select(*kinds.c, head.label("head_id")).where(
        kinds.c.needs.is_not(None), kinds.c.needs.bitwise_and(lacked_by(OPERATOR)) == 0
    )


def _every_need(place: Subquery, *, is_in_cell: bool) -> CTE:
    """The places with `needs`: every sum of skills that somebody who waits there needs, from the least on, and NULL at
    the end. The index is looked into once for each of them.
    """
    least = _least_need(place, is_in_cell=is_in_cell)
    every = select(*place.c, least.label("needs")).cte("in_cells" if is_in_cell else "in_none", recursive=True)
    following = _least_need(every, ENTRY.c.needs > every.c.needs, is_in_cell=is_in_cell)
    known = (every.c[column.name] for column in place.c)
    return every.union_all(select(*known, following).where(every.c.needs.is_not(None)))


def _least_need(place: FromClause, *above: ColumnElement[bool], is_in_cell: bool) -> ScalarSelect[int]:
    return (
        select(ENTRY.c.needs)
        .where(ENTRY.c.campaign_id == place.c.campaign_id, ENTRY.c.state == WAITING, *above)
        .where(_is_in(ENTRY.c.cell_id, place.c.cell_id if is_in_cell else None))
        .order_by(ENTRY.c.cell_id, ENTRY.c.needs)
        .limit(ONE)
        .correlate_except(ENTRY)
        .scalar_subquery()
    )


def _is_in(column: SQLColumnExpression[int | None], cell_id: Id | None) -> ColumnElement[bool]:
    # No IS NOT DISTINCT FROM, by which PostgreSQL finds nothing in an index.
    return column.is_(None) if cell_id is None else column == cell_id
