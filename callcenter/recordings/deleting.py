"""Throwing recordings away, each time a row. Nothing here commits."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.recordings.campaigns import keep_days
from callcenter.recordings.collecting import SETTLE
from callcenter.recordings.errors import NoSoundError
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingDeletion
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import path_of
from config.accounts.models import Club
from config.database import db

# A file that runs is not thrown away under the exchange's hands.
FINISHED = (RecordingState.KEPT, RecordingState.EMPTY, RecordingState.MISSING)


def withdrawn(*, now: datetime) -> list[int]:
    """The recordings that the member does not want any more, and that the exchange has let go."""
    is_closed = (Recording.stopped_at < now - SETTLE) | (Call.ended_at < now - SETTLE)
    return list(
        db.session.scalars(
            select(Recording.id)
            .join(Call, Call.id == Recording.call_id)
            .where(Recording.state == RecordingState.WITHDRAWN, is_closed)
        )
    )


def expired(*, now: datetime) -> list[int]:
    """The recordings that their club has kept long enough."""
    found: list[int] = []
    for club_id in db.session.scalars(select(Club.id)):
        oldest = now - timedelta(days=keep_days(club_id))
        query = select(Recording.id).where(
            Recording.club_id == club_id, Recording.asked_at < oldest, Recording.state.in_(FINISHED)
        )
        found += db.session.scalars(query)
    return found


def delete(
    recording_id: int, folder: Path, *, reason: DeletionReason, now: datetime, user_id: int | None = None
) -> None:
    """Throw a recording's file away; its row stays, and says so.

    Raises NoSoundError while the call goes on or when it is done already, OSError when the file cannot be removed.
    """
    recording = db.session.get_one(Recording, recording_id, with_for_update=True)
    if recording.state not in {*FINISHED, RecordingState.WITHDRAWN}:
        raise NoSoundError(f"Recording {recording_id} is {recording.state}.")
    recording.state = RecordingState.DELETED
    db.session.add(RecordingDeletion(recording_id=recording_id, reason=reason, user_id=user_id, at=now))
    db.session.flush()
    path_of(folder, recording.name).unlink(missing_ok=True)
