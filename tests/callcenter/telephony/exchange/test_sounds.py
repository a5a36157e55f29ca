from __future__ import annotations

import wave

import pytest

from callcenter.recordings.sound import measure
from callcenter.telephony.exchange import sounds
from callcenter.telephony.exchange.sounds import Tape


class Clock:
    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(sounds, "time", clock)
    return clock


@pytest.fixture
def path(tmp_path):
    return tmp_path / "recordings" / "one.wav"


def loudest(path, second):
    with wave.open(str(path), "rb") as file:
        file.setpos(second * 8000)
        raw = file.readframes(8000)
    return max(int.from_bytes(raw[place : place + 2], "little", signed=True) for place in range(0, len(raw), 2))


def test_a_tape_has_the_talk_with_silence_where_it_was_muted_and_nothing_of_hold(clock, path):
    tape = Tape(path, speed=1.0)
    clock.now += 2
    tape.is_muted = True
    clock.now += 3
    tape.is_muted = False
    tape.is_listening = False
    clock.now += 60
    tape.is_listening = True
    clock.now += 2
    tape.close()

    assert measure(path).seconds == pytest.approx(7, abs=0.01)
    assert [loudest(path, second) > 1000 for second in range(7)] == [True, True, False, False, False, True, True]


def test_a_fast_talk_is_as_long_as_it_would_have_been(clock, path):
    tape = Tape(path, speed=10.0)
    clock.now += 3
    tape.close()

    assert measure(path).seconds == pytest.approx(30, abs=0.01)
    assert measure(path).has_sound
