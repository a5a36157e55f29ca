"""Records the talks whose members agreed: begins, pauses and stops, and writes down what the exchange confirmed."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.recordings import keeping
from callcenter.recordings.models import RecordingState
from callcenter.telephony.asked import Asked
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.messages import RecordingPaused
from callcenter.telephony.messages import RecordingStarted
from config.database import db
from config.database import reading
from config.database import utcnow

if TYPE_CHECKING:
    from flask import Flask

    from callcenter.recordings.keeping import WantedRecording
    from callcenter.telephony.follower import Follower
    from callcenter.telephony.messages import RecordingMessage
    from callcenter.telephony.port import Legs
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

# An exchange that does not know the key lets the member hear it: not for ever.
MOST_TRIES = 3


class Recorder:
    """Serves the recordings of the calls on the line. What is not confirmed is asked for again."""

    def __init__(self, app: Flask, line: Line, follower: Follower) -> None:
        self._app = app
        self._line = line
        self._follower = follower
        self._asked = Asked()
        self._tries: Counter[int] = Counter()

    def work(self, *, now: datetime) -> None:
        """Bring the exchange to what the rows want. One that cannot be served stops no other."""
        due, wanted = self._look()
        for call_id in due:
            with self._app.app_context():
                keeping.begin(call_id, now=now)
                db.session.commit()
        if due:
            wanted = self._look()[1]
        ids = {recording.id for recording in wanted}
        self._asked.forget_all_but(ids)
        self._tries = Counter({key: count for key, count in self._tries.items() if key in ids})
        for recording in wanted:
            try:
                self._serve(recording)
            except Exception:
                log.exception("recording %s could not be served", recording.id)

    def take(self, message: RecordingMessage) -> None:
        """Hear what the exchange does; what is no recording of ours is left alone."""
        now = utcnow()
        with self._app.app_context():
            if isinstance(message, RecordingStarted):
                keeping.note_started(message.linkedid, now=now)
            elif isinstance(message, RecordingPaused):
                keeping.note_paused(message.linkedid, is_on=message.is_on, now=now)
            else:
                keeping.note_stopped(message.linkedid, now=now)
            db.session.commit()

    def _look(self) -> tuple[list[int], list[WantedRecording]]:
        with reading(), self._app.app_context():
            return keeping.due(), keeping.wanted()

    def _serve(self, recording: WantedRecording) -> None:
        legs = self._legs(recording.channel_id)
        if legs is None or not self._line.is_connected:
            return
        if not self._asked.is_time(recording.id, (recording.state, recording.wants_pause)):
            return
        try:
            self._ask(recording, legs)
        except LineDownError as error:
            log.warning("recording %s: what was wished was not sent: %s", recording.id, error)

    def _ask(self, recording: WantedRecording, legs: Legs) -> None:
        if recording.state is RecordingState.WITHDRAWN:
            self._line.stop_recording(legs)
        elif recording.state is RecordingState.RUNNING:
            self._line.pause_recording(legs, is_on=recording.wants_pause)
        elif self._tries[recording.id] < MOST_TRIES:
            self._tries[recording.id] += 1
            self._line.record(legs, recording.name)

    def _legs(self, channel_id: str) -> Legs | None:
        with self._app.app_context():
            call = dialling.find(channel_id)
        return None if call is None else self._follower.legs(call)
