from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import select

from callcenter.recordings import campaigns
from callcenter.recordings import jobs
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import RecordingDeletion
from callcenter.recordings.models import RecordingState
from config.database import db
from tests.callcenter.recordings.conftest import SECONDS
from tests.callcenter.recordings.conftest import write_wav


def deletions():
    db.session.rollback()
    return list(db.session.scalars(select(RecordingDeletion)))


def test_a_file_is_found_and_measured_after_the_call(record, read):
    made = record()
    live = record(ago=timedelta(0))

    jobs.collect()

    found = read(made)
    assert (found.state, found.seconds, found.size_bytes) == (RecordingState.KEPT, SECONDS, made.path.stat().st_size)
    assert read(live).state is RecordingState.RUNNING


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (0, RecordingState.EMPTY),
        (None, RecordingState.MISSING),
        (b"", RecordingState.EMPTY),
        (b"no", RecordingState.EMPTY),
    ],
    ids=["silence", "no file", "nothing in it", "no sound file"],
)
def test_a_recording_without_sound_says_so(record, read, content, state):
    made = record(amplitude=content if not isinstance(content, bytes) else None)
    if isinstance(content, bytes):
        made.path.write_bytes(content)

    jobs.collect()

    assert read(made).state is state


def test_a_file_that_comes_late_is_found_within_a_day(record, read):
    late, too_late = record(amplitude=None), record(amplitude=None, ago=timedelta(days=2))
    jobs.collect()
    for made in (late, too_late):
        write_wav(made.path)

    jobs.collect()

    assert (read(late).state, read(too_late).state) == (RecordingState.KEPT, RecordingState.MISSING)


def test_a_folder_that_is_away_loses_nothing(record, read, folder, caplog):
    made = record(amplitude=None)
    shutil.rmtree(folder)

    jobs.collect()

    assert read(made).state is RecordingState.RUNNING
    assert "HAMSEDA_RECORDINGS" in caplog.text


def test_what_a_member_withdrew_is_thrown_away(record, read):
    made = record(state=RecordingState.WITHDRAWN)
    live = record(state=RecordingState.WITHDRAWN, ago=timedelta(0))

    jobs.collect()

    assert read(made).state is RecordingState.DELETED
    assert not made.path.exists()
    assert [row.reason for row in deletions()] == [DeletionReason.WITHDRAWN]
    assert live.path.exists()


def test_a_club_keeps_its_recordings_so_long_as_it_says(record, read):
    short = record(ago=timedelta(days=11), state=RecordingState.KEPT)
    young = record(short.club, ago=timedelta(days=9), state=RecordingState.KEPT)
    others = record(ago=timedelta(days=89), state=RecordingState.KEPT)
    old = record(ago=timedelta(days=91), state=RecordingState.EMPTY)
    campaigns.keep_for(short.club.id, 10)
    db.session.commit()

    jobs.delete_expired()

    assert [read(one).state is RecordingState.DELETED for one in (short, young, others, old)] == [
        True,
        False,
        False,
        True,
    ]
    assert [one.path.exists() for one in (short, young, others, old)] == [False, True, True, False]
    assert {(row.recording_id, row.reason, row.user_id) for row in deletions()} == {
        (one.id, DeletionReason.EXPIRED, None) for one in (short, old)
    }


def test_a_file_that_cannot_be_removed_is_tried_again_and_stops_no_other(record, read, caplog):
    stuck, other = (record(ago=timedelta(days=100), state=RecordingState.KEPT) for _ in range(2))
    stuck.path.unlink()
    stuck.path.mkdir()

    jobs.delete_expired()

    assert (read(stuck).state, read(other).state) == (RecordingState.KEPT, RecordingState.DELETED)
    assert f"recording {stuck.id} could not be touched" in caplog.text
    stuck.path.rmdir()
    jobs.delete_expired()
    assert read(stuck).state is RecordingState.DELETED


def test_one_that_somebody_throws_away_in_this_moment_stops_no_other(record, read, monkeypatch):
    gone = record(ago=timedelta(days=100), state=RecordingState.DELETED)
    other = record(ago=timedelta(days=100), state=RecordingState.KEPT)
    monkeypatch.setattr(jobs.deleting, "expired", lambda *, now: [gone.id, other.id])

    jobs.delete_expired()

    assert read(other).state is RecordingState.DELETED
    assert [row.recording_id for row in deletions()] == [other.id]
