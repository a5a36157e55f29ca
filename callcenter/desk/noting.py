"""The note for whoever calls the member next."""

from __future__ import annotations

from callcenter.desk import queries
from callcenter.desk.errors import StaleDeskError
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from config.text import clean_text

LIMIT = 1000


def write(operator_id: int, *, entry_id: int, text: str) -> None:
    """Keep the note on the entry. Raises StaleDeskError when the operator neither holds it nor wraps it up."""
    entry = db.session.get(QueueEntry, entry_id)
    if entry is None or not _may_write(operator_id, entry):
        raise StaleDeskError(f"Entry {entry_id} is not on the desk of operator {operator_id}.")
    entry.note = "\n".join(clean_text(line) for line in text.splitlines())[:LIMIT]


def _may_write(operator_id: int, entry: QueueEntry) -> bool:
    if entry.state is EntryState.LEASED:
        return entry.operator_id == operator_id
    last = queries.last_call(operator_id)
    return last is not None and last.entry_id == entry.id
