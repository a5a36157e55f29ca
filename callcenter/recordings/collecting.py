"""Finding the files of the recordings whose call is over. Nothing here commits."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import path_of
from callcenter.recordings.sound import measure
from config.database import db

log = logging.getLogger(__name__)

# The exchange closes the file a moment after the call.
SETTLE = timedelta(seconds=3)
# A file that was not there may still come, from the disk of another machine.
SEARCH = timedelta(days=1)
AT_ONCE = 200


def waiting(*, now: datetime) -> list[int]:
    """The recordings whose call is over and whose file was not found yet; oldest first."""
    is_open = Recording.state.in_((RecordingState.ASKED, RecordingState.RUNNING))
    is_sought = (Recording.state == RecordingState.MISSING) & (Recording.asked_at > now - SEARCH)
    query = (
        select(Recording.id)
        .join(Call, Call.id == Recording.call_id)
        .where(is_open | is_sought, Call.ended_at < now - SETTLE)
        .order_by(Recording.id)
        .limit(AT_ONCE)
    )
    return list(db.session.scalars(query))


def collect(recording_id: int, folder: Path) -> None:
    """Look for a recording's file, and write down what is in it. Raises OSError when a file cannot be read."""
    recording = db.session.get_one(Recording, recording_id, with_for_update=True)
    if recording.state in {RecordingState.WITHDRAWN, RecordingState.DELETED}:
        return
    path = path_of(folder, recording.name)
    if not path.exists():
        if recording.state is not RecordingState.MISSING:
            log.warning("recording %s has no file", recording_id)
        recording.state = RecordingState.MISSING
        return
    found = measure(path)
    recording.seconds, recording.size_bytes = found.seconds, found.size_bytes
    recording.state = RecordingState.KEPT if found.has_sound else RecordingState.EMPTY
