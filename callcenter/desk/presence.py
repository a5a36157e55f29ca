"""Who does something at the desk is there, and holds the member: noted from time to time, not at every key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from sqlalchemy import bindparam
from sqlalchemy import select

from callcenter.desk import acting
from callcenter.operators import states
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db

# A lease is given again at most this often: it is a row of the queue each time.
LEASE_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Standing:
    """Where an operator is, and the entry they hold."""

    state: OperatorState
    seen_at: datetime | None
    entry_id: int | None
    lease_until: datetime | None

    def is_talking_about(self, entry_id: int) -> bool:
        """Whether the operator is on the line with the member of this entry."""
        return self.state is OperatorState.ON_CALL and self.entry_id == entry_id


_operators, _entries = Operator.__table__.c, QueueEntry.__table__.c
_STANDING = (
    select(_operators.state, _operators.seen_at, _entries.id, _entries.lease_until)
    .outerjoin_from(
        Operator.__table__,
        QueueEntry.__table__,
        (_entries.operator_id == _operators.user_id) & (_entries.state == EntryState.LEASED),
    )
    .where(_operators.user_id == bindparam("operator_id"))
)


def arrive(operator_id: int, *, now: datetime) -> Standing:
    """Where the operator stood as this request came, and note that they are here.

    Who was taken for away is back where they were. Raises NotFoundError when this person does not call.
    """
    row = db.session.execute(_STANDING, {"operator_id": operator_id}).one_or_none()
    standing = Standing(*row) if row is not None else Standing(OperatorState.AWAY, None, None, None)
    is_away = standing.state is OperatorState.AWAY
    if is_away or standing.seen_at is None or now - standing.seen_at >= states.HEARTBEAT:
        states.see(operator_id, now=now)
    return standing


def keep_lease(operator_id: int, entry_id: int, standing: Standing, *, now: datetime) -> None:
    """Hold the member for another while, when a minute of the lease is gone; a lease that is lost stays lost."""
    if standing.entry_id != entry_id or standing.lease_until is None:
        return
    if standing.lease_until - now <= leases.LEASE - LEASE_AGAIN:
        acting.keep_lease(operator_id, entry_id, now=now)
