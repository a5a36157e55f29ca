"""What the desk shows of the recording."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from callcenter.recordings.campaigns import is_recorded
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingState
from config.database import db


@dataclass(frozen=True)
class OnDesk:
    """The recording of the call on the desk; `is_given` is the member's word, None before they were asked.

    `state` is None while there is nothing to be recorded, `is_paused` what the exchange confirmed.
    """

    is_given: bool | None
    state: RecordingState | None
    wants_pause: bool
    is_paused: bool


def said(entry_id: int) -> bool | None:
    """What the member said last about being recorded in this interview; None when nobody asked."""
    words = select(RecordingConsent.is_given).where(RecordingConsent.entry_id == entry_id)
    return db.session.scalar(words.order_by(RecordingConsent.id.desc()).limit(1))


def on_desk(campaign_id: int, entry_id: int, call_id: int) -> OnDesk | None:
    """How it stands for a call; None when its campaign does not record."""
    row = db.session.execute(
        select(Recording.state, Recording.wants_pause, Recording.is_paused).where(Recording.call_id == call_id)
    ).one_or_none()
    if row is None and not is_recorded(campaign_id):
        return None
    state, wants_pause, is_paused = (None, False, False) if row is None else row
    return OnDesk(said(entry_id), state, wants_pause, is_paused)
