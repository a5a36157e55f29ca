"""A recorded call that is over, and its folder."""

from __future__ import annotations

import array
import wave
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from config.database import db
from config.database import utcnow

SECONDS = 3


def write_wav(path, *, amplitude=8000, seconds=SECONDS):
    samples = array.array("h", [amplitude, -amplitude] * (4000 * seconds))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(samples.tobytes())


@pytest.fixture
def folder(app):
    """Where the exchange leaves its files; empty at first."""
    path = app.config["SETTINGS"].recordings
    path.mkdir(exist_ok=True)
    for left in path.iterdir():
        left.unlink()
    return path


@pytest.fixture
def record(factories, folder):
    """Make a call with a recording that ended `ago`; `amplitude` None leaves no file."""

    def make(club=None, *, amplitude=8000, ago=timedelta(minutes=1), **fields):
        club = club or factories.club()
        operator = factories.operator([club])
        entry = factories.entry(factories.campaign(club), factories.member(club))
        at = utcnow() - ago
        call = factories.call(entry, operator, requested_at=at, connected_at=at, ended_at=at)
        name = f"{call.id:032x}"
        db.session.add(
            Recording(
                **{
                    "club_id": club.id,
                    "call_id": call.id,
                    "name": name,
                    "asked_at": at,
                    "started_at": at,
                    "state": RecordingState.RUNNING,
                    **fields,
                }
            )
        )
        db.session.commit()
        path = folder / f"{name}.wav"
        if amplitude is not None:
            write_wav(path, amplitude=amplitude)
        recording = db.session.scalars(select(Recording).where(Recording.name == name)).one()
        return SimpleNamespace(id=recording.id, path=path, club=club, call=call, operator=operator, entry=entry)

    return make


@pytest.fixture
def read():
    def act(made):
        db.session.rollback()
        return db.session.get_one(Recording, made.id, populate_existing=True)

    return act
