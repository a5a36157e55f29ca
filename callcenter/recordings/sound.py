"""How long a WAV file is, and whether there is anything to hear in it."""

from __future__ import annotations

import array
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# The header of the files that Asterisk writes. Its lengths are filled in at the end: an exchange that dies leaves them
# empty, and players read on all the same; so the size of the file tells how long it is, and the header only its form.
HEADER = struct.Struct("<4s4x8s4xHHL6xH8x")
PCM = 1
SAMPLE_BYTES = 2
CHUNK_BYTES = 64 * 1024
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
    bytes_a_second = _bytes_a_second(path)
    if not bytes_a_second or size <= HEADER.size:
        return Measure(0.0, size, has_sound=False)
    return Measure((size - HEADER.size) / bytes_a_second, size, has_sound=_has_sound(path))


def _bytes_a_second(path: Path) -> int:
    with path.open("rb") as file:
        raw = file.read(HEADER.size)
    if len(raw) < HEADER.size:
        return 0
    riff, kind, form, channels, rate, bits = HEADER.unpack(raw)
    is_ours = (riff, kind, form, bits) == (b"RIFF", b"WAVEfmt ", PCM, 8 * SAMPLE_BYTES)
    return int(channels * rate * SAMPLE_BYTES) if is_ours else 0


def _has_sound(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(HEADER.size)
        while raw := file.read(CHUNK_BYTES):
            samples = array.array("h", raw[: len(raw) // SAMPLE_BYTES * SAMPLE_BYTES])
            if samples and (max(samples) > QUIET or min(samples) < -QUIET):
                return True
    return False
