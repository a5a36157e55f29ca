"""What the desk refuses."""

from __future__ import annotations

from config.errors import ConflictError


class StaleDeskError(ConflictError):
    """The screen this came from is older than the desk: another member, another call or another step by now."""

    code = "stale_desk"


class NotNowError(ConflictError):
    """The desk is at a step at which this cannot be done."""

    code = "not_now"
