"""What is written on an entry that is closed without another call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func

from callcenter.calls.aapor import NOT_ATTEMPTED
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

# The outcome that the entry has; what was never tried is 3.11.
SO_FAR = func.coalesce(QueueEntry.outcome, NOT_ATTEMPTED)


def barred(outcome: str | ColumnElement[str], now: datetime) -> dict[str, object]:
    """The values of an entry that is closed because its member is not to be called, to be let back when they are."""
    return {"state": EntryState.CLOSED, "outcome": outcome, "is_barred": True, "callback_at": None, "closed_at": now}
