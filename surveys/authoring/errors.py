"""What this room refuses."""

from __future__ import annotations

from config.errors import ConflictError
from config.errors import NotFoundError


class GoneError(NotFoundError):
    """The question or section was removed meanwhile."""

    code = "gone"


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed this question since it was opened."""

    code = "changed_meanwhile"
