"""An order of a supervisor takes effect: at once, or when the operator's call and its outcome are done."""

from __future__ import annotations

from datetime import datetime

from callcenter.operators import orders
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.operators.models import OrderKind
from callcenter.queue import leaving

STATES = {OrderKind.PAUSE: OperatorState.PAUSED, OrderKind.SIGN_OFF: OperatorState.OFF}


def obey(operator_id: int, *, now: datetime) -> bool:
    """Do what the latest order that waits says; gives whether there was one that could be done.

    Nobody is taken from a live call. Otherwise a member in the operator's hands waits for another, and the call gets
    the outcome it owes. Nothing here commits.
    """
    order = orders.pending(operator_id)
    if order is None or not leaving.take_back(operator_id, now=now):
        return False
    states.change(operator_id, STATES[order.kind], reason=order.reason, now=now)
    orders.settle(operator_id, now=now)
    return True
