"""The recordings as the pbx process takes them: which shall begin, pause or stop, and what the exchange confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy import exists
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.calls.requesting import CHANNEL_PREFIX
from callcenter.lines.belonging import Here
from callcenter.lines.belonging import here
from callcenter.queue.models import QueueEntry
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingState
from callcenter.recordings.queries import said
from callcenter.recordings.queries import still_counts
from config.database import add_if_new
from config.database import db
from config.live import publish_after_commit

IS_TALK = (Call.ended_at.is_(None), Call.state == CallState.CONNECTED)


@dataclass(frozen=True)
class WantedRecording:
    """A recording of a call on the line that wants something of the exchange."""

    id: int
    channel_id: str
    name: str
    state: RecordingState
    wants_pause: bool


def due() -> list[int]:
    """The calls with a member who agreed to be recorded, and without a recording."""
    return list(db.session.scalars(_due_on(here())))


@cache
def _due_on(line: Here) -> Select[int]:
    word, later = aliased(RecordingConsent), aliased(RecordingConsent)
    return (
        select(Call.id)
        .join(RecordedCampaign, RecordedCampaign.campaign_id == Call.campaign_id)
        .join(word, word.entry_id == Call.entry_id)
        .join(QueueEntry, QueueEntry.id == Call.entry_id)
        .where(
            *IS_TALK,
            line.has(Call.line),
            word.is_given,
            still_counts(word),
            ~exists().where(later.entry_id == word.entry_id, later.id > word.id),
        )
        .where(~exists().where(Recording.call_id == Call.id))
    )


def wanted() -> list[WantedRecording]:
    """The recordings of calls on the line that shall begin, pause, go on or stop."""
    return [WantedRecording(*row) for row in db.session.execute(_wanted_on(here()))]


@cache
def _wanted_on(line: Here) -> Select[*tuple[Any, ...]]:
    # A leg on hold is in no talk that could be recorded.
    is_wanting = (Recording.state == RecordingState.ASKED) & ~Call.is_on_hold
    is_wanting |= (Recording.state == RecordingState.RUNNING) & (Recording.wants_pause != Recording.is_paused)
    has_to_stop = Recording.started_at.is_not(None) & Recording.stopped_at.is_(None)
    is_wanting |= (Recording.state == RecordingState.WITHDRAWN) & has_to_stop
    return (
        select(Recording.id, Call.channel_id, Recording.name, Recording.state, Recording.wants_pause)
        .join(Call, Call.id == Recording.call_id)
        .where(*IS_TALK, line.has(Call.line), is_wanting)
        .order_by(Recording.id)
    )


def begin(call_id: int, *, now: datetime) -> None:
    """The call shall be recorded, under the random part of its channel id as the file's name; twice is harmless.

    Nothing when the member has said no in this very moment: their word and this wait for each other at the call.
    """
    call = db.session.get_one(Call, call_id, with_for_update=True)
    if not said(call.entry_id):
        return
    name = call.channel_id.removeprefix(CHANNEL_PREFIX)
    add_if_new(Recording(club_id=call.club_id, call_id=call_id, name=name, asked_at=now))


def note_started(channel_id: str, *, now: datetime) -> None:
    """The exchange records the call."""
    recording = _find(channel_id)
    if recording is not None and recording.started_at is None:
        recording.started_at = now
        if recording.state is RecordingState.ASKED:
            recording.state = RecordingState.RUNNING
        _note(recording, MomentKind.STARTED, now)


def note_paused(channel_id: str, *, is_on: bool, now: datetime) -> None:
    """The exchange writes silence, or sound again: so it records, and whoever heard it begin may have died of it."""
    note_started(channel_id, now=now)
    recording = _find(channel_id)
    if recording is not None and recording.is_paused is not is_on:
        recording.is_paused = is_on
        _note(recording, MomentKind.PAUSED if is_on else MomentKind.RESUMED, now)


def note_stopped(channel_id: str, *, now: datetime) -> None:
    """The exchange closed the file before the call was over."""
    recording = _find(channel_id)
    if recording is not None and recording.stopped_at is None:
        recording.stopped_at = now
        _note(recording, MomentKind.STOPPED, now)


def _find(channel_id: str) -> Recording | None:
    return db.session.scalar(
        select(Recording)
        .join(Call, Call.id == Recording.call_id)
        .where(Call.channel_id == channel_id, here().has(Call.line))
        .with_for_update(of=Recording)
    )


def _note(recording: Recording, kind: MomentKind, now: datetime) -> None:
    operator_id = db.session.get_one(Call, recording.call_id).operator_id
    db.session.add(RecordingMoment(recording_id=recording.id, operator_id=operator_id, kind=kind, at=now))
    publish_after_commit(f"operator:{operator_id}", {"kind": "recording", "call_id": recording.call_id})
