"""The entries of campaigns in heaps, by all that decides why their members are (not) called now: some dozen rows,
however many wait.

To count a million takes a second. Of a large campaign it is done once in some seconds for all who look, operators whose
desk is empty among them; it decides nothing.
"""

from __future__ import annotations

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
from callcenter.permission.reasons import Why
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.queries import is_large
from config.database import db
from config.database import utcnow
from config.kept import kept

# What a member is counted under when nothing keeps them from a call.
CALLABLE = "callable"
TEMPORARY = sorted(code for code, outcome in OUTCOMES.items() if outcome.is_temporary)


@dataclass(frozen=True)
class Heap:
    """So many entries of a campaign of one kind: a Why that holds for every operator, or CALLABLE.

    `needs`, `refused_id` and `promised_id` (whose own promise it is) tell of those who wait which operators may call
    them; the first of them is due at `first_at`.
    """

    campaign_id: int
    kind: str
    needs: int
    refused_id: int | None
    promised_id: int | None
    count: int
    first_at: datetime


def of_campaigns(campaign_ids: Sequence[int], *, now: datetime) -> list[Heap]:
    """The heaps of some campaigns."""
    return [heap for one in campaign_ids for heap in (_lately(one) if is_large([one]) else _read(one, now))]


def is_quota_full() -> ColumnElement[bool]:
    """In a query of entries joined with their quota cells: whether enough of their kind were interviewed."""
    return func.coalesce(QuotaCell.is_full, False)


# Of no table: every claim would forget it.
@kept()
def _lately(campaign_id: int) -> list[Heap]:
    return _read(campaign_id, utcnow())


def _read(campaign_id: int, now: datetime) -> list[Heap]:
    waits = QueueEntry.state == EntryState.WAITING
    promised = and_(waits, QueueEntry.callback_at.is_not(None))
    every = (
        select(
            _kind(waits, promised, now).label("kind"),
            case((waits, QueueEntry.needs), else_=0).label("needs"),
            case((waits, QueueEntry.refused_operator_id)).label("refused_id"),
            case((promised, QueueEntry.callback_operator_id)).label("promised_id"),
            QueueEntry.due_at,
        )
        .outerjoin(QuotaCell, QuotaCell.id == QueueEntry.cell_id)
        .where(QueueEntry.campaign_id == campaign_id)
        .subquery("entry")
    )
    by = (every.c.kind, every.c.needs, every.c.refused_id, every.c.promised_id)
    rows = db.session.execute(select(*by, func.count(), func.min(every.c.due_at)).group_by(*by))
    return [Heap(campaign_id, *row) for row in rows]


def _kind(waits: ColumnElement[bool], promised: ColumnElement[bool], now: datetime) -> ColumnElement[str]:
    closed, later = QueueEntry.state == EntryState.CLOSED, QueueEntry.due_at > now
    return case(
        (and_(waits, is_quota_full()), literal(Why.QUOTA_FULL.value)),
        (and_(promised, later), literal(Why.CALLBACK.value)),
        (and_(waits, later, QueueEntry.rest_until > now), literal(Why.RANG_OFTEN.value)),
        (and_(waits, later, QueueEntry.outcome.is_not(None)), literal(Why.RETRY.value)),
        (and_(waits, later), literal(Why.TURN.value)),
        (waits, literal(CALLABLE)),
        (and_(closed, QueueEntry.is_barred), literal(Why.BARRED_CLUB.value)),
        (and_(closed, QueueEntry.outcome.in_(TEMPORARY)), literal(Why.ATTEMPTS_USED_UP.value)),
        (closed, literal(Why.CLOSED.value)),
        else_=literal(Why.HELD.value),
    )
