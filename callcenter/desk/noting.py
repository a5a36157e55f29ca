"""What whoever calls the member next should know: a note, and when the member wants to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.desk import queries
from callcenter.desk.errors import StaleDeskError
from callcenter.permission import keeping_hours
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from config.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.campaigns.own_hours import Window

LIMIT = 1000


def write(operator_id: int, *, entry_id: int, text: str) -> None:
    """Keep the note on the entry. Raises StaleDeskError when the operator neither holds it nor wraps it up."""
    entry = on_desk(operator_id, entry_id)
    entry.note = "\n".join(clean_text(line) for line in text.splitlines())[:LIMIT]


def write_hours(operator_id: int, *, entry_id: int, zone: str | None, windows: Sequence[Window], now: datetime) -> None:
    """Keep when the entry's member wants to be called. Raises as `write`, and what keeping_hours.save raises."""
    entry = on_desk(operator_id, entry_id)
    keeping_hours.save(entry.club_id, entry.member_id, zone=zone, windows=windows, user_id=operator_id, now=now)


def on_desk(operator_id: int, entry_id: int) -> QueueEntry:
    """The entry that an operator holds or wraps up. Raises StaleDeskError for any other."""
    entry = db.session.get(QueueEntry, entry_id)
    if entry is None or not _may_write(operator_id, entry):
        raise StaleDeskError(f"Entry {entry_id} is not on the desk of operator {operator_id}.")
    return entry


def _may_write(operator_id: int, entry: QueueEntry) -> bool:
    if entry.state is EntryState.LEASED:
        return entry.operator_id == operator_id
    last = queries.last_call(operator_id)
    return last is not None and last.entry_id == entry.id
