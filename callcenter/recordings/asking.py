"""What the operator does about the recording: the member's word on it, pausing, going on. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.recordings.errors import NotRecordedError
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingState
from callcenter.recordings.queries import said
from config.database import db
from config.live import wake_after_commit

LIVE = frozenset({RecordingState.ASKED, RecordingState.RUNNING})


def say(call_id: int, *, is_given: bool, now: datetime) -> None:
    """Keep what the member said about being recorded; a no stops what runs, and its file is thrown away.

    The same word again changes nothing. Raises NotRecordedError when the campaign does not record.
    """
    # Locked as by whoever begins the recording: a no in that moment finds its row, or keeps it from being made.
    call = db.session.get_one(Call, call_id, with_for_update=True, populate_existing=True)
    if db.session.get(RecordedCampaign, call.campaign_id) is None:
        raise NotRecordedError(f"Campaign {call.campaign_id} does not record.")
    if said(call.entry_id) is is_given:
        return
    word = RecordingConsent(
        club_id=call.club_id,
        entry_id=call.entry_id,
        call_id=call_id,
        operator_id=call.operator_id,
        is_given=is_given,
        said_at=now,
    )
    db.session.add(word)
    if not is_given:
        for recording in _of_entry(call.entry_id):
            recording.state = RecordingState.WITHDRAWN
    wake_after_commit("pbx")


def pause(call_id: int, *, is_wanted: bool) -> None:
    """Ask that nothing is recorded for a while, or that it goes on. Raises NotRecordedError when nothing is."""
    recording = db.session.scalar(select(Recording).where(Recording.call_id == call_id))
    if recording is None or recording.state not in LIVE:
        raise NotRecordedError(f"Call {call_id} is not being recorded.")
    recording.wants_pause = is_wanted
    wake_after_commit("pbx")


def _of_entry(entry_id: int) -> list[Recording]:
    """What was recorded of the interview and is still there."""
    query = (
        select(Recording)
        .join(Call, Call.id == Recording.call_id)
        .where(Call.entry_id == entry_id, Recording.state != RecordingState.DELETED)
        .order_by(Recording.id)
        # Whoever throws one away in this moment is done first, and it is not thrown away again.
        .with_for_update(of=Recording)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))
