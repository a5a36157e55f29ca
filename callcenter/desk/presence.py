"""Who does something at the desk is there, and holds the member: noted from time to time, not at every key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.desk import acting
from callcenter.desk import standing
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases

if TYPE_CHECKING:
    from datetime import datetime

# A lease is given again at most this often: it is a row of the queue each time.
LEASE_AGAIN = timedelta(minutes=1)


def arrive(operator_id: int, *, now: datetime) -> None:
    """Note that the operator is here; who was taken for away is back where they were.

    Who is on the line holds the member for another while: when the line ends, the whole lease is left to write down
    what was said. A lease that is lost stays lost. Raises NotFoundError when this person does not call.
    """
    stands = standing.of(operator_id)
    operator = stands.operator
    is_away = operator.state is OperatorState.AWAY
    if is_away or operator.seen_at is None or now - operator.seen_at >= states.HEARTBEAT:
        states.see(operator_id, now=now)
    if operator.state is not OperatorState.ON_CALL or stands.entry_id is None or stands.lease_until is None:
        return
    if stands.lease_until - now <= leases.LEASE - LEASE_AGAIN:
        acting.keep_lease(operator_id, stands.entry_id, now=now)
