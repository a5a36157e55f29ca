"""What the floor refuses."""

from __future__ import annotations

from config.errors import ConflictError


class NotAtWorkError(ConflictError):
    """The operator is off the queue: there is nothing to pause or to end."""

    code = "not_at_work"
