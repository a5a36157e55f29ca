"""Who does something at the desk is there, and holds the member: noted from time to time, not at every key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam
from sqlalchemy import select

from callcenter.desk import acting
from callcenter.operators import states
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import run_plain

if TYPE_CHECKING:
    from datetime import datetime

# A lease is given again at most this often: it is a row of the queue each time.
LEASE_AGAIN = timedelta(minutes=1)


_operators, _entries = Operator.__table__.c, QueueEntry.__table__.c
_STANDING = (
    select(_operators.state, _operators.seen_at, _entries.id.label("entry_id"), _entries.lease_until)
    .outerjoin_from(
        Operator.__table__,
        QueueEntry.__table__,
        (_entries.operator_id == _operators.user_id) & (_entries.state == EntryState.LEASED),
    )
    .where(_operators.user_id == bindparam("operator_id"))
)


def arrive(operator_id: int, *, now: datetime) -> None:
    """Note that the operator is here; who was taken for away is back where they were.

    Who is on the line holds the member for another while: when the line ends, the whole lease is left to write down
    what was said. A lease that is lost stays lost. Raises NotFoundError when this person does not call.
    """
    row = run_plain(_STANDING, {"operator_id": operator_id}).one_or_none()
    if row is None or row.state is OperatorState.AWAY or row.seen_at is None or now - row.seen_at >= states.HEARTBEAT:
        states.see(operator_id, now=now)
    if row is None or row.state is not OperatorState.ON_CALL or row.lease_until is None:
        return
    if row.lease_until - now <= leases.LEASE - LEASE_AGAIN:
        acting.keep_lease(operator_id, row.entry_id, now=now)
