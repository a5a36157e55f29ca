"""The refusals of this room."""

from __future__ import annotations

from config.errors import ConflictError
from config.errors import NotFoundError


class NotFlaggedError(NotFoundError):
    """Nothing speaks against an interview of that id in this club."""

    code = "not_flagged"


class AlreadyDecidedError(ConflictError):
    """Somebody decided about the interview meanwhile, or it stands so already."""

    code = "already_decided"
