"""Who is at a desk and what lies on it, in two looks: at the operator, then at the entry on the desk.

Both are asked at every refresh of every desk, so they are built once. What is rare there (an order, a hand-over, own
hours …) is only told to be there; then it is worth a look of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import exists
from sqlalchemy import literal_column
from sqlalchemy import or_
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.handover.models import Handover
from callcenter.operators.models import Operator
from callcenter.operators.models import SupervisorOrder
from callcenter.operators.queries import LINE_COLUMNS
from callcenter.operators.queries import OperatorLine
from callcenter.permission.models import MemberHours
from callcenter.queue.models import CellKind
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.queue.queries import ENTRY_COLUMNS
from callcenter.queue.queries import WAITING
from callcenter.queue.queries import EntryLine
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import Recording
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError
from config.statements import run_plain

OPERATOR = bindparam("operator", type_=BigInteger())
ENTRY = bindparam("entry", type_=BigInteger())
CALL = bindparam("call", type_=BigInteger())
LEASED: ColumnElement[Any] = literal_column("'leased'")


@dataclass(frozen=True)
class Standing:
    """An operator, the entry that they hold, and whether a supervisor has told them something, a call is on its way
    to them, and they have promised somebody a call.
    """

    operator: OperatorLine
    entry_id: int | None
    lease_until: datetime | None
    has_order: bool
    is_coming: bool
    has_promised: bool


@dataclass(frozen=True)
class OnDesk:
    """The entry on a desk, what was said of its last outcome, and whether its member has own hours, somebody handed it
    over to this desk, its call is handed over from here, answers have quotas in its campaign, and talks are recorded.
    """

    entry: EntryLine
    last_note: str
    has_own_hours: bool
    was_brought: bool
    is_going: bool
    has_answer_cells: bool
    is_recorded: bool


def find(operator_id: int) -> Standing | None:
    """How it stands with an operator; None when this person does not call."""
    db.session.flush()
    row = run_plain(_standing(), {"operator": operator_id}).one_or_none()
    if row is None:
        return None
    operator, rest = row[: len(LINE_COLUMNS)], row[len(LINE_COLUMNS) :]
    return Standing(OperatorLine(*operator), *rest)


def of(operator_id: int) -> Standing:
    """How it stands with an operator. Raises NotFoundError when this person does not call."""
    found = find(operator_id)
    if found is None:
        raise NotFoundError(f"There is no operator {operator_id}.")
    return found


def entry(entry_id: int, operator_id: int, *, call_id: int | None) -> OnDesk:
    """An entry as it lies on an operator's desk, where `call_id` was their last call. Raises NotFoundError."""
    row = run_plain(_entry(), {"entry": entry_id, "operator": operator_id, "call": call_id}).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no entry {entry_id}.")
    line, (last_note, *rest) = row[: len(ENTRY_COLUMNS)], row[len(ENTRY_COLUMNS) :]
    return OnDesk(EntryLine(*line), last_note or "", *rest)


@cache
def _standing() -> Select[*tuple[Any, ...]]:
    held, promised = QueueEntry.__table__.alias("held"), QueueEntry.__table__.alias("promised")
    # As callcenter.operators.orders has it: the order that waits, or the one by which this stay began.
    ordered = or_(SupervisorOrder.done_at.is_(None), SupervisorOrder.done_at == Operator.state_since)
    is_promised = (promised.c.state == WAITING) & promised.c.callback_at.is_not(None)
    return (
        select(
            *LINE_COLUMNS,
            held.c.id,
            held.c.lease_until,
            exists().where(SupervisorOrder.operator_id == Operator.user_id, ordered),
            exists().where(Handover.to_id == Operator.user_id, Handover.ended_at.is_(None)),
            exists().where(promised.c.callback_operator_id == Operator.user_id, is_promised),
        )
        .join(User, User.id == Operator.user_id)
        .outerjoin(held, (held.c.operator_id == Operator.user_id) & (held.c.state == LEASED))
        .where(Operator.user_id == OPERATOR)
    )


@cache
def _entry() -> Select[*tuple[Any, ...]]:
    noted = select(Call.note).where(Call.entry_id == QueueEntry.id, Call.note != "").order_by(Call.id.desc()).limit(1)
    to_this_desk = (Handover.entry_id == QueueEntry.id) & (Handover.to_id == OPERATOR)
    return select(
        *ENTRY_COLUMNS,
        noted.correlate(QueueEntry).scalar_subquery(),
        exists().where(MemberHours.member_id == QueueEntry.member_id),
        exists().where(to_this_desk, Handover.done_at >= QueueEntry.leased_at),
        exists().where(Handover.from_id == OPERATOR, Handover.call_id == CALL),
        exists().where(QuotaCell.campaign_id == QueueEntry.campaign_id, QuotaCell.kind == CellKind.ANSWERS),
        or_(
            exists().where(RecordedCampaign.campaign_id == QueueEntry.campaign_id),
            exists().where(Recording.call_id == CALL),
        ),
    ).where(QueueEntry.id == ENTRY)
