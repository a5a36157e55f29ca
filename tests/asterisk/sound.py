"""How loud it is, in the files that Asterisk records."""

from __future__ import annotations

import array
import cmath
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WAIT_SECONDS = 120
# Asterisk writes sound in pieces of this size: two seconds.
PIECE_BYTES = 32768
SAMPLES_A_SECOND = 8000
# A test tone is about 15,000; silence is 0 but for the noise of the codec.
QUIET = 100
LOUD = 5000


def forget_sounds(folder: Path) -> None:
    """Throw away what an earlier call left: Asterisk begins a file anew only with its first piece."""
    for path in folder.glob("*.sln"):
        path.unlink()


def loudness(path: Path, *, pieces: int) -> float:
    """The mean loudness of a whole piece of sound that is recorded after now and `pieces` more."""
    samples = _record(path, pieces)
    return sum(abs(sample) for sample in samples) / len(samples)


def tone(path: Path, hertz: int, *, pieces: int) -> float:
    """How strong a tone of this pitch is in such a piece."""
    return _strength(_record(path, pieces), hertz)


def tone_of_second(raw: bytes, hertz: int, *, second: int) -> float:
    """How strong a tone of this pitch is in that second of 16-bit samples, the last one being -1."""
    samples = array.array("h", raw)
    whole = len(samples) // SAMPLES_A_SECOND
    start = range(whole)[second] * SAMPLES_A_SECOND
    return _strength(samples[start : start + SAMPLES_A_SECOND], hertz)


def _strength(samples: array.array[int], hertz: int) -> float:
    waves = [cmath.exp(-2j * cmath.pi * hertz * place / SAMPLES_A_SECOND) for place in range(len(samples))]
    return 2 * abs(sum(sample * wave for sample, wave in zip(samples, waves, strict=True))) / len(samples)


def _record(path: Path, pieces: int) -> array.array[int]:
    deadline = time.monotonic() + WAIT_SECONDS
    wanted = (_size(path) // PIECE_BYTES + pieces) * PIECE_BYTES
    while _size(path) < wanted:
        assert time.monotonic() < deadline, "no sound is recorded"
        time.sleep(0.05)
    return array.array("h", path.read_bytes()[wanted - PIECE_BYTES : wanted])


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def loudness_by_quarter(raw: bytes) -> list[float]:
    """The mean loudness of each whole quarter of a second of 16-bit samples."""
    samples = array.array("h", raw)
    quarter = SAMPLES_A_SECOND // 4
    starts = range(0, len(samples) - quarter + 1, quarter)
    return [sum(abs(sample) for sample in samples[start : start + quarter]) / quarter for start in starts]
