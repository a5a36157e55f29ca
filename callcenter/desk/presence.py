"""Who does something at the desk is there, and holds the member: noted from time to time, not at every key.

It is noted in a transaction of its own: an act locks its rows in the order of callcenter.calls.locking, in which the
operator's comes last.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.desk import acting
from callcenter.desk import standing
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from config.database import db

if TYPE_CHECKING:
    from datetime import datetime

    from callcenter.desk.standing import Standing

# A lease is given again at most this often: it is a row of the queue each time.
LEASE_AGAIN = timedelta(minutes=1)


def arrive(operator_id: int, *, is_at_work: bool = False, now: datetime) -> Standing:
    """Note that the operator is here, commit, and tell how it stands; who was taken for away is back where they were.

    Who is on the line, or `is_at_work` in the interview after it was cut, holds the member for another while: when the
    line ends, the whole lease is left to write down what was said. A lease that is lost stays lost. Raises
    NotFoundError when this person does not call.
    """
    stands = standing.of(operator_id)
    operator = stands.operator
    is_at_work = is_at_work or operator.state is OperatorState.ON_CALL
    if is_at_work and stands.entry_id is not None and _is_lease_due(stands, now):
        acting.keep_lease(operator.id, stands.entry_id, now=now)
        db.session.commit()
    is_away = operator.state is OperatorState.AWAY
    if is_away or operator.seen_at is None or now - operator.seen_at >= states.HEARTBEAT:
        states.see(operator_id, now=now)
        db.session.commit()
    return standing.of(operator_id) if is_away else stands


def _is_lease_due(stands: Standing, now: datetime) -> bool:
    return stands.lease_until is not None and stands.lease_until - now <= leases.LEASE - LEASE_AGAIN
