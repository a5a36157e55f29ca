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
    """A call is being made on that desk: nobody has answered yet."""

    code = "call_in_the_making"


class AlreadyHandedOverError(ConflictError):
    """Somebody's phone rings for this interview, or for this desk, already."""

    code = "already_handed_over"
