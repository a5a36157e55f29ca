"""How long a WAV file is, and whether there is anything to hear in it."""

from __future__ import annotations

import array
import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHUNK_FRAMES = 8000
SAMPLE_BYTES = 2
# Of 32,767. The noise of a telephone codec in silence is below; a whisper is above.
QUIET = 100


@dataclass(frozen=True)
class Measure:
    """A file with its length in seconds, its size in bytes, and whether it has a sound in it."""

    seconds: float
    size_bytes: int
    has_sound: bool


def measure(path: Path) -> Measure:
    """Listen to a file; one that is no WAV of 16 bits has neither sound nor length. Raises OSError."""
    size = path.stat().st_size
    try:
        with wave.open(str(path), "rb") as file:
            if file.getsampwidth() != SAMPLE_BYTES:
                return Measure(0.0, size, has_sound=False)
            seconds = file.getnframes() / file.getframerate()
            return Measure(seconds, size, has_sound=_has_sound(file))
    except (wave.Error, EOFError, ZeroDivisionError):
        return Measure(0.0, size, has_sound=False)


def _has_sound(file: wave.Wave_read) -> bool:
    while raw := file.readframes(CHUNK_FRAMES):
        samples = array.array("h", raw[: len(raw) // SAMPLE_BYTES * SAMPLE_BYTES])
        if samples and (max(samples) > QUIET or min(samples) < -QUIET):
            return True
    return False
