"""Who played which recording. Nothing here commits."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta

from sqlalchemy import select

from callcenter.recordings.models import RecordingPlay
from config.database import db

# A browser asks for a file in pieces, and again at every seek: that is one play. After a silence it is another.
SILENCE = timedelta(minutes=1)


def note(recording_id: int, user_id: int, *, now: datetime) -> None:
    """Write down that somebody plays a recording."""
    last = db.session.scalar(
        select(RecordingPlay)
        .where(RecordingPlay.recording_id == recording_id, RecordingPlay.user_id == user_id)
        .order_by(RecordingPlay.id.desc())
        .limit(1)
    )
    if last is not None and now - last.last_at < SILENCE:
        last.last_at = now
        return
    db.session.add(RecordingPlay(recording_id=recording_id, user_id=user_id, started_at=now, last_at=now))
