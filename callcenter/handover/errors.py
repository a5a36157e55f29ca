"""The refusals of a hand-over."""

from __future__ import annotations

from config.errors import ConflictError


class NothingToHandOverError(ConflictError):
    """There is no member on that desk (any more)."""

    code = "nothing_to_hand_over"


class DeskTakenError(ConflictError):
    """The desk it shall go to is not free."""

    code = "desk_taken"


class CallInTheMakingError(ConflictError):
    """A call is live on that desk."""

    code = "call_in_the_making"
