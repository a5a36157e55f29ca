"""The demo's recordings: the last complete interviews of a club, so that there is something to play at first sight."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from callcenter.calls.aapor import COMPLETE
from callcenter.calls.models import Call
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import folder
from callcenter.recordings.places import path_of
from callcenter.recordings.sound import measure
from callcenter.telephony.exchange import sounds
from config.database import db

COUNT = 4
# Into the talk: the greeting, and a pause for something that is nobody's business.
ASKED_SECONDS = 12
PAUSE_SECONDS = 8


def record(club_id: int) -> None:
    """Make the recordings, with the consent and a pause in each; nothing where a real exchange leaves its files."""
    if folder().parent != current_app.config["HOME"]:
        return
    calls = select(Call).where(Call.club_id == club_id, Call.disposition == COMPLETE)
    newest_first = db.session.scalars(calls.order_by(Call.id.desc()).limit(COUNT)).all()
    for call in reversed(newest_first):
        _record(call)


def _record(call: Call) -> None:
    if call.connected_at is None or call.ended_at is None:
        return
    began = call.connected_at + timedelta(seconds=ASKED_SECONDS)
    seconds = max(4 * PAUSE_SECONDS, (call.ended_at - began).total_seconds())
    path = path_of(folder(), call.channel_id)
    sounds.write(path, [(seconds / 2, True), (PAUSE_SECONDS, False), (seconds / 2 - PAUSE_SECONDS, True)])
    found = measure(path)
    recording = Recording(
        club_id=call.club_id,
        call_id=call.id,
        name=call.channel_id,
        state=RecordingState.KEPT,
        asked_at=began,
        started_at=began,
        seconds=found.seconds,
        size_bytes=found.size_bytes,
    )
    word = {"club_id": call.club_id, "entry_id": call.entry_id, "call_id": call.id, "operator_id": call.operator_id}
    db.session.add_all([recording, RecordingConsent(**word, is_given=True, said_at=began)])
    db.session.flush()
    paused = began + timedelta(seconds=seconds / 2)
    moments = {
        MomentKind.STARTED: began,
        MomentKind.PAUSED: paused,
        MomentKind.RESUMED: paused + timedelta(seconds=PAUSE_SECONDS),
    }
    for kind, at in moments.items():
        db.session.add(RecordingMoment(recording_id=recording.id, operator_id=call.operator_id, kind=kind, at=at))
