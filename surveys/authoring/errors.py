"""What this room refuses."""

from __future__ import annotations

from config.errors import ConflictError
from config.errors import NotFoundError


class GoneError(NotFoundError):
    """The question or section was removed meanwhile."""

    code = "gone"


class DraftThereError(ConflictError):
    """The survey has a draft already: it is finished or thrown away before another one is begun."""

    code = "draft_there"


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed what is open in the editor since it was opened."""

    code = "changed_meanwhile"
