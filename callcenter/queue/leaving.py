"""A member goes back to the queue because their operator is taken off it. Nothing here commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.calls import disposing
from callcenter.queue import leases
from callcenter.queue import queries

if TYPE_CHECKING:
    from datetime import datetime


def take_back(operator_id: int, *, now: datetime) -> None:
    """Give back the member the operator holds, if any, with the outcome that the last call still owes.

    Every answer stays with the interview. The operator must have no live call.
    """
    entry_id = queries.held_by(operator_id)
    if entry_id is None:
        return
    disposing.dispose_abandoned(entry_id, now=now)
    if queries.held_by(operator_id) == entry_id:
        leases.release(entry_id, operator_id=operator_id)
