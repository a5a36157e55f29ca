"""In which order the rows of a call are locked: the interview, the entry, the call, then the operator.

Whoever takes two of them the other way round can wait in a circle with somebody else, until the database ends one of
the two. Nothing here commits.
"""

from __future__ import annotations

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.queue.models import QueueEntry
from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries as interviews


def interview_of(club_id: int, entry_id: int) -> None:
    """Lock the interview of an entry, if it has begun; first of all."""
    response = interviews.of_entry(club_id, entry_id)
    if response is not None:
        interviewing.take(response.id)


def call(call_id: int) -> Call | None:
    """A call as it is now, locked after its entry; None when there is no such call."""
    entry_id = select(Call.entry_id).where(Call.id == call_id).scalar_subquery()
    db.session.execute(select(QueueEntry.id).where(QueueEntry.id == entry_id).with_for_update(key_share=True))
    return db.session.get(Call, call_id, with_for_update=True, populate_existing=True)
