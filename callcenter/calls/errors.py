"""The refusals of calls."""

from __future__ import annotations

from config.errors import ConflictError


class OperatorAlreadyOnCallError(ConflictError):
    """The operator, or the entry, has an open call."""

    code = "operator_already_on_call"


class CallEndedError(ConflictError):
    """The call is over."""

    code = "call_ended"


class NotConnectedError(ConflictError):
    """Nobody has answered the call yet."""

    code = "not_connected"


class StaleCallError(ConflictError):
    """The call is not in the state that the form was made for."""

    code = "stale_call"


class AlreadyDisposedError(ConflictError):
    """The call has its outcome, an AAPOR code; a call has one, and it stands."""

    code = "already_disposed"

    def __init__(self, call_id: int, disposition: str) -> None:
        super().__init__(f"Call {call_id} has its outcome, {disposition}.")
        self.disposition = disposition
