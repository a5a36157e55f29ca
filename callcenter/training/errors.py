"""The refusals of this room."""

from __future__ import annotations

from config.errors import ConflictError


class PracticeOverError(ConflictError):
    """The practice has ended and has its score."""

    code = "practice_over"
