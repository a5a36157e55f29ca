"""The refusals of recordings."""

from __future__ import annotations

from config.errors import ConflictError


class NotRecordedError(ConflictError):
    """The campaign does not record its calls, or this call has no recording that runs."""

    code = "not_recorded"


class NoSoundError(ConflictError):
    """The recording has no file to play or to delete (any more)."""

    code = "no_sound"
