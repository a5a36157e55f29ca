"""The refusals of listening."""

from __future__ import annotations

from config.errors import ConflictError


class NoPhoneError(ConflictError):
    """The supervisor has no phone at which to listen."""

    code = "no_phone"


class NobodyTalksError(ConflictError):
    """The call is not connected (any more)."""

    code = "nobody_talks"


class AlreadyListeningError(ConflictError):
    """The supervisor is on a call already."""

    code = "already_listening"
