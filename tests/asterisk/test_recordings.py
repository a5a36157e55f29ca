"""Recordings on a real Asterisk: agreed to in the database, begun by the pbx loop, and measured in the file itself."""

from __future__ import annotations

import time
import wave
from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.recordings import collecting
from callcenter.recordings import deleting
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import path_of
from config.database import db
from config.database import utcnow
from tests.asterisk.bed import SECRET
from tests.asterisk.house import house
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.sound import LOUD
from tests.asterisk.sound import QUIET
from tests.asterisk.sound import loudness_by_quarter
from tests.asterisk.sound import tone_of_second
from tests.asterisk.wiretap import Wiretap
from tests.support.calling import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import SimpleNamespace

    from flask import Flask

    from tests.asterisk import bed
    from tests.asterisk.house import House

WAIT_SECONDS = 120
QUARTERS = 4
# The two tones as they are in the file, where silence is below 10.
AUDIBLE = 1000
SUPERVISOR, OPERATOR = 440, 1004


@pytest.fixture
def folder(asterisk: bed.Asterisk) -> Path:
    return asterisk.spool / "monitor" / "hamseda"


@pytest.fixture
def talk(at_work: House) -> Iterator[int]:
    """A talk in which the operator's side hums and the member echoes it."""
    with at_work.talk(MEMBER + "0", "speaks") as call_id:
        yield call_id


def end(at_work: House, call_id: int) -> None:
    at_work.hang_up(call_id)
    at_work.wait_for_end(call_id)


def grow(path: Path, quarters: int) -> None:
    """Wait until so many more quarters of a second are in the file."""
    deadline = time.monotonic() + WAIT_SECONDS
    wanted = size(path) + quarters * 2 * 8000 // QUARTERS
    while size(path) < wanted:
        assert time.monotonic() < deadline, "nothing is recorded"
        time.sleep(0.02)


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def finished(path: Path) -> list[float]:
    """How loud each quarter of a second is, once Asterisk has closed the file."""
    return loudness_by_quarter(closed(path))


def closed(path: Path) -> bytes:
    """The sound in the file, once Asterisk has closed it."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        with wave.open(str(path), "rb") as file:
            if file.getnframes():
                return file.readframes(file.getnframes())
        assert time.monotonic() < deadline, "the file was not closed"
        time.sleep(0.05)


def moments(recording: Recording) -> list[RecordingMoment]:
    return list(db.session.query(RecordingMoment).filter_by(recording_id=recording.id).order_by(RecordingMoment.id))


def test_what_is_said_after_the_members_yes_is_in_the_file_and_the_pause_is_silent(
    at_work: House, talk: int, folder: Path
):
    at_work.agree(talk)
    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    path = path_of(folder, recording.name)
    grow(path, 6)

    at_work.pause_recording(talk, is_wanted=True)
    at_work.wait_for_recording(talk, lambda row: row.is_paused)
    grow(path, 6)
    at_work.pause_recording(talk, is_wanted=False)
    at_work.wait_for_recording(talk, lambda row: not row.is_paused)
    grow(path, 6)
    end(at_work, talk)

    heard = finished(path)
    silent = [place for place, loudness in enumerate(heard) if loudness < QUIET]
    assert len(silent) >= QUARTERS
    assert heard[silent[0] : silent[-1]] == pytest.approx([0] * (len(silent) - 1), abs=QUIET)
    assert max(heard[: silent[0]]) > LOUD
    assert max(heard[silent[-1] + 1 :]) > LOUD
    recording = at_work.wait_for_recording(talk, lambda row: True)
    assert [moment.kind for moment in moments(recording)] == [MomentKind.STARTED, MomentKind.PAUSED, MomentKind.RESUMED]

    collecting.collect(recording.id, folder)
    assert (recording.state, recording.size_bytes) == (RecordingState.KEPT, path.stat().st_size)
    assert recording.seconds == pytest.approx(len(heard) / QUARTERS, abs=0.5)


@pytest.mark.parametrize("is_asked", [True, False], ids=["a no", "not asked"])
def test_without_the_members_yes_there_is_no_file(at_work: House, talk: int, folder: Path, is_asked):
    if is_asked:
        at_work.agree(talk, is_given=False)
    at_work.mute(talk, is_wanted=True)
    at_work.wait(talk, lambda call: call.is_muted)
    end(at_work, talk)

    name = at_work.read(talk).channel_id.removeprefix("hamseda-")
    assert not path_of(folder, name).exists()
    assert db.session.query(Recording).count() == 0


def test_nothing_is_recorded_on_hold_and_the_recording_goes_on_after_it(at_work: House, talk: int, folder: Path):
    at_work.agree(talk)
    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    path = path_of(folder, recording.name)
    grow(path, 4)

    at_work.hold(talk, is_wanted=True)
    at_work.wait(talk, lambda call: call.is_on_hold)
    held_at, held_size = time.monotonic(), size(path)
    at_work.restart()
    at_work.hold(talk, is_wanted=False)
    at_work.wait(talk, lambda call: not call.is_on_hold)
    held_seconds, grown = time.monotonic() - held_at, size(path) - held_size
    grow(path, 4)
    end(at_work, talk)

    assert min(finished(path)[1:-1]) > LOUD / 2
    assert grown < held_seconds * 2 * 8000 / 2


def test_a_member_who_agrees_after_a_hold_is_recorded(at_work: House, talk: int, folder: Path):
    for is_wanted in (True, False):
        at_work.hold(talk, is_wanted=is_wanted)
        at_work.wait(talk, lambda call, is_wanted=is_wanted: call.is_on_hold is is_wanted)

    at_work.agree(talk)

    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    grow(path_of(folder, recording.name), 2)


def test_what_a_member_withdraws_is_stopped_and_thrown_away(at_work: House, talk: int, folder: Path):
    at_work.agree(talk)
    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    path = path_of(folder, recording.name)
    grow(path, 2)

    at_work.agree(talk, is_given=False)

    recording = at_work.wait_for_recording(talk, lambda row: row.stopped_at is not None)
    assert at_work.read(talk).state is CallState.CONNECTED
    deleting.delete(recording.id, folder, reason=DeletionReason.WITHDRAWN, now=utcnow())
    assert not path.exists()


def test_a_recording_goes_on_when_a_supervisor_takes_the_call_over(at_work: House, talk: int, folder: Path):
    at_work.agree(talk)
    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    path = path_of(folder, recording.name)
    grow(path, 6)

    supervisor_id = at_work.take_over(talk)
    at_work.wait(talk, lambda call: call.operator_id == supervisor_id)
    grow(path, 6)
    at_work.pause_recording(talk, is_wanted=True)
    at_work.wait_for_recording(talk, lambda row: row.is_paused)
    at_work.pause_recording(talk, is_wanted=False)
    at_work.wait_for_recording(talk, lambda row: not row.is_paused)
    grow(path, 6)
    end(at_work, talk)

    raw = closed(path)
    assert tone_of_second(raw, OPERATOR, second=0) > AUDIBLE
    assert tone_of_second(raw, SUPERVISOR, second=-1) > AUDIBLE
    assert tone_of_second(raw, OPERATOR, second=-1) < AUDIBLE / 10
    assert [moment.kind for moment in moments(recording)] == [MomentKind.STARTED, MomentKind.PAUSED, MomentKind.RESUMED]
    assert moments(recording)[-1].operator_id == supervisor_id


def test_a_process_that_died_before_it_wrote_down_that_the_recording_runs_is_told_so_again(
    at_work: House, talk: int, folder: Path
):
    at_work.agree(talk)
    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    with writing():
        row = db.session.get_one(Recording, recording.id)
        row.state, row.started_at = RecordingState.ASKED, None

    at_work.restart()

    recording = at_work.wait_for_recording(talk, lambda row: row.state is RecordingState.RUNNING)
    assert recording.started_at is not None
    end(at_work, talk)
    assert max(finished(path_of(folder, recording.name))) > LOUD


def test_a_name_that_would_be_a_command_is_only_a_name(at_work: House, talk: int, asterisk: bed.Asterisk, folder: Path):
    operator, member = _channels(asterisk, at_work.read(talk).channel_id)
    ear = Wiretap(asterisk.ports.ami, "hamseda", SECRET)
    evil = f"x.wav,b,touch {asterisk.spool}/evil"

    ear.ask(Action="Setvar", Channel=member, Variable="HAMSEDA_RECORDING", Value=evil)
    ear.ask(Action="PlayDTMF", Channel=operator, Digit="D", Receive="true")
    ear.listen(lambda: any(one["Event"] == "MixMonitorStart" and one["Channel"] == member for one in ear.events()))
    ear.ask(Action="StopMixMonitor", Channel=member)
    ear.close()
    end(at_work, talk)

    assert [path.name[:10] for path in folder.glob("xwav*")] == ["xwavbtouch"]
    assert not (asterisk.spool / "evil").exists()


def _channels(asterisk: bed.Asterisk, channel_id: str) -> tuple[str, str]:
    """The names of the operator's leg and the member's."""
    rows = [row.split("!") for row in asterisk.run("core show channels concise").splitlines()]
    operator = next(row[0] for row in rows if row[-1] == channel_id)
    bridge = next(row[-2] for row in rows if row[0] == operator)
    return operator, next(row[0] for row in rows if row[-2] == bridge and row[0] != operator)


def test_what_was_recorded_before_asterisk_died_can_be_heard(
    app: Flask, factories: SimpleNamespace, own_asterisk: bed.Asterisk
):
    with house(app, factories, own_asterisk.ports.ami) as at_work:
        call_id = at_work.call(MEMBER + "0", "speaks")
        at_work.wait_for(call_id, CallState.CONNECTED)
        at_work.agree(call_id)
        recording = at_work.wait_for_recording(call_id, lambda row: row.state is RecordingState.RUNNING)
        path = path_of(own_asterisk.spool / "monitor" / "hamseda", recording.name)
        grow(path, 8)

        own_asterisk.kill()

        collecting.collect(recording.id, path.parent)
        assert recording.state is RecordingState.KEPT
        assert recording.seconds >= 1
        own_asterisk.start()
        at_work.wait_for_end(call_id)
