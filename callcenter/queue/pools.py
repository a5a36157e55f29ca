"""Where in the queue to look for an operator's next member, and who goes first.

A pool are the waiting members of a campaign that are in one quota cell (or in none) and need the same skills: all its
members are for the operator, or none is. In the index of the claim they stand together, so that a hundred thousand whom
an operator may not call cost no more than one.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from sqlalchemy import CompoundSelect
from sqlalchemy import Float
from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import SQLColumnExpression
from sqlalchemy import Subquery
from sqlalchemy import and_
from sqlalchemy import bindparam
from sqlalchemy import case
from sqlalchemy import cast
from sqlalchemy import literal_column
from sqlalchemy import null
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import union_all
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import LIKELY_PRIORITY
from callcenter.queue.queries import WAITING
from callcenter.skills.giving import lacked_by
from callcenter.skips.queries import NOT_AGAIN
from callcenter.skips.queries import lately_by
from config.database import UtcDateTime
from config.statements import run_plain

# Literals, for the same reason as WAITING.
ONE: ColumnClause[int] = literal_column("1")
ZERO: ColumnClause[int] = literal_column("0")
# Made once: a new alias for every claim costs more than the claim's statement. Short: psycopg keeps no statement in
# mind that has more than 4,096 characters.
ENTRY = QueueEntry.__table__.alias("e")
Columns = ReadOnlyColumnCollection[str, Any]
# What changes from claim to claim: the statements around it are built once, which costs more than to run them.
Id = int | SQLColumnExpression[int]
Operator = int | BindParameter[int]
Moment = datetime | BindParameter[datetime]
OPERATOR: BindParameter[int] = bindparam("operator", type_=BigInteger())
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
    values = {"operator": operator_id, "at": now, "skipped_since": now - NOT_AGAIN, **places(campaign_ids)}
    heads = run_plain(in_turn(len(campaign_ids)), values) if campaign_ids else ()
    return [Pool(head.campaign_id, head.cell_id, head.needs) for head in heads]


def places(campaign_ids: Sequence[int]) -> dict[str, int]:
    """The values of the campaigns that a statement made for so many asks for, in their order."""
    return {f"campaign_{place}": campaign_id for place, campaign_id in enumerate(campaign_ids)}


@cache
def in_turn(campaign_count: int) -> Select[int, int | None, int]:
    """The pools of so many campaigns (by `places`) that have somebody for OPERATOR, in the order of `of_operator`."""
    head = _heads(campaign_count).subquery("head").c
    promised = case((ENTRY.c.priority < LIKELY_PRIORITY, ENTRY.c.priority), else_=BASE_PRIORITY)
    cell = (head.cell_id.is_(None), head.filled, head.cell_id)
    return (
        select(head.campaign_id, head.cell_id, head.needs)
        .join(ENTRY, ENTRY.c.id == head.head_id)
        .order_by(promised, head.place, *cell, ENTRY.c.priority, ENTRY.c.due_at, ENTRY.c.id)
    )


def is_for(operator_id: Operator, *, skipped_since: Moment) -> ColumnElement[bool]:
    """Whether an operator may have an entry: not another's promise, needing no skill they lack, not refused to them,
    and not skipped by them since a moment.
    """
    is_open = _is_open_to(QueueEntry.__table__.c, operator_id, skipped_since=skipped_since)
    return and_(QueueEntry.needs.bitwise_and(lacked_by(operator_id)) == 0, is_open)


def first_of(pool: Pool, operator_id: Operator, *, now: Moment, skipped_since: Moment) -> Select[int]:
    """The head of a pool that may be the operator's: who is due, and is not kept for or from them."""
    of = ENTRY.c
    return (
        select(of.id)
        .where(of.campaign_id == pool.campaign_id, _is_in(of.cell_id, pool.cell_id), of.needs == pool.needs)
        .where(of.state == WAITING, of.due_at <= now, _is_open_to(of, operator_id, skipped_since=skipped_since))
        # The columns of the index, so that its head is the answer.
        .order_by(of.cell_id, of.needs, of.priority, of.due_at, of.id)
        .limit(ONE)
    )


def _is_open_to(of: Columns, operator_id: Operator, *, skipped_since: Moment) -> ColumnElement[bool]:
    promised_by = of.callback_operator_id
    return and_(
        or_(promised_by.is_(None), promised_by == operator_id, of.callback_at.is_(None)),
        of.refused_operator_id.is_distinct_from(operator_id),
        of.id.not_in(lately_by(operator_id, since=skipped_since)),
    )


def _heads(campaign_count: int) -> CompoundSelect[Any]:
    """Who would be the next of each pool that an operator may be given, from every cell with a free seat."""
    wanted = _wanted(campaign_count)
    filled = cast(QuotaCell.reserved_count + QuotaCell.completed_count, Float) / QuotaCell.target_count
    cells = (
        select(wanted.c.campaign_id, wanted.c.place, QuotaCell.id.label("cell_id"), filled.label("filled"))
        .join(QuotaCell, QuotaCell.campaign_id == wanted.c.campaign_id)
        .where(~QuotaCell.is_full)
    )
    of_none = (cast(null(), BigInteger).label("cell_id"), cast(ZERO, Float).label("filled"))
    in_cells = _every_need(cells, wanted.c.campaign_id, QuotaCell.id)
    in_none = _every_need(select(wanted.c.campaign_id, wanted.c.place, *of_none), wanted.c.campaign_id, None)
    own = select(lacked_by(OPERATOR).label("lacked")).cte("own")
    return union_all(_heads_of(in_cells, in_cells.c.cell_id, own=own), _heads_of(in_none, None, own=own))


def _wanted(campaign_count: int) -> Subquery:
    """The campaigns that are asked for, each with its place. With an array every claim would be planned anew."""
    rows: Iterator[Select[int, int]] = (
        select(bindparam(name, type_=BigInteger()).label("campaign_id"), literal_column(str(place)).label("place"))
        for place, name in enumerate(places(range(campaign_count)))
    )
    return union_all(*rows).subquery("wanted")


def _heads_of(pools: CTE, cell_id: Id | None, *, own: CTE) -> Select[*tuple[Any, ...]]:
    pool = Pool(pools.c.campaign_id, cell_id, pools.c.needs)
    head = first_of(pool, OPERATOR, now=AT, skipped_since=SKIPPED_SINCE).correlate(pools).scalar_subquery()
    is_able = pools.c.needs.bitwise_and(select(own.c.lacked).scalar_subquery()) == ZERO
    return select(*pools.c, head.label("head_id")).where(pools.c.needs.is_not(None), is_able)


def _every_need(places: Select[*tuple[Any, ...]], campaign_id: Id, cell_id: Id | None) -> CTE:
    """The pools of some places (quota cells, or campaigns for who is in none): every sum of skills that somebody who
    waits there needs, from the least on, and NULL at the end. The index is looked into once for each of them.
    """
    is_in_cell = cell_id is not None
    first = places.add_columns(_least_need(campaign_id, cell_id).label("needs"))
    every = first.cte("in_cells" if is_in_cell else "in_none", recursive=True)
    following = _least_need(
        every.c.campaign_id, every.c.cell_id if is_in_cell else None, ENTRY.c.needs > every.c.needs
    )  # fmt: skip
    known = (every.c.campaign_id, every.c.place, every.c.cell_id, every.c.filled)
    return every.union_all(select(*known, following).where(every.c.needs.is_not(None)))


def _least_need(campaign_id: Id, cell_id: Id | None, *above: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(ENTRY.c.needs)
        .where(ENTRY.c.campaign_id == campaign_id, _is_in(ENTRY.c.cell_id, cell_id), *above, ENTRY.c.state == WAITING)
        .order_by(ENTRY.c.cell_id, ENTRY.c.needs)
        .limit(ONE)
        .correlate_except(ENTRY)
        .scalar_subquery()
    )


def _is_in(column: SQLColumnExpression[int | None], cell_id: Id | None) -> ColumnElement[bool]:
    # No IS NOT DISTINCT FROM, by which PostgreSQL finds nothing in an index.
    return column.is_(None) if cell_id is None else column == cell_id
