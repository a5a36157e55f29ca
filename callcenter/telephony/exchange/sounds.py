"""What a simulated talk sounds like in its recording: two voices in turn, each a tone of its own."""

from __future__ import annotations

import array
import math
import time
import wave
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SAMPLES_A_SECOND = 8000
VOICES_HERTZ = (180, 260)
TURN_SECONDS = 2
LOUDNESS = 6000


class Tape:
    """A recording that runs: what passes while it listens is sound, or silence while it is muted."""

    def __init__(self, path: Path, *, speed: float) -> None:
        self._path = path
        self._speed = speed
        self._is_muted = False
        self._is_listening = True
        self.is_closed = False
        # Lengths in seconds of the talk, and whether there is sound.
        self._stretches: list[tuple[float, bool]] = []
        self._since = time.monotonic()

    @property
    def is_muted(self) -> bool:
        """Whether silence is recorded."""
        return self._is_muted

    @is_muted.setter
    def is_muted(self, value: bool) -> None:
        self._pass()
        self._is_muted = value

    @property
    def is_listening(self) -> bool:
        """Whether the two are together; on hold nothing is recorded."""
        return self._is_listening

    @is_listening.setter
    def is_listening(self, value: bool) -> None:
        self._pass()
        self._is_listening = value

    def close(self) -> None:
        """Write the file."""
        self._pass()
        self.is_closed = True
        write(self._path, self._stretches)

    def _pass(self) -> None:
        now = time.monotonic()
        if self._is_listening:
            self._stretches.append(((now - self._since) * self._speed, not self._is_muted))
        self._since = now


def write(path: Path, stretches: Iterable[tuple[float, bool]]) -> None:
    """Write a talk of these stretches into a WAV file: so many seconds each, with sound or silent."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLES_A_SECOND, 0, "NONE", ""))
        begun = 0
        for seconds, has_sound in stretches:
            count = round(seconds * SAMPLES_A_SECOND)
            file.writeframes(_talk(begun, count) if has_sound else bytes(2 * count))
            begun += count


def _talk(begun: int, count: int) -> bytes:
    """So many samples of the talk, from the sample `begun` on."""
    turns = b"".join(_turn(hertz) for hertz in VOICES_HERTZ)
    first = 2 * begun % len(turns)
    rounds = (first + 2 * count) // len(turns) + 1
    return (turns * rounds)[first : first + 2 * count]


@cache
def _turn(hertz: int) -> bytes:
    """One turn of a voice, which swells and fades so that it is no test tone."""
    count = TURN_SECONDS * SAMPLES_A_SECOND
    step = 2 * math.pi * hertz / SAMPLES_A_SECOND
    return array.array(
        "h", (round(LOUDNESS * math.sin(math.pi * place / count) * math.sin(step * place)) for place in range(count))
    ).tobytes()
