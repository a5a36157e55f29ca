"""A member goes back to the queue because their operator is taken off it. Nothing here commits."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from callcenter.calls import disposing
from callcenter.calls.queries import open_calls
from callcenter.queue import leases
from callcenter.queue import queries
from callcenter.queue.errors import LeaseLostError

if TYPE_CHECKING:
    from datetime import datetime


def take_back(operator_id: int, *, now: datetime) -> bool:
    """Give back the member the operator holds, if any, with the outcome that the last call still owes.

    Every answer stays with the interview. Gives whether it was done: nobody is taken from a live call.
    """
    entry_id = queries.held_by(operator_id)
    if entry_id is not None:
        # Locks the entry as a call does: one pressed in this moment is seen below, or waits for us.
        with suppress(LeaseLostError):
            leases.extend(entry_id, operator_id=operator_id, now=now)
    if open_calls([operator_id]):
        return False
    if entry_id is not None:
        disposing.dispose_abandoned(entry_id, now=now)
    if entry_id is not None and queries.held_by(operator_id) == entry_id:
        leases.release(entry_id, operator_id=operator_id)
    return True
