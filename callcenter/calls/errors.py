"""The refusals of calls."""

from __future__ import annotations

from config.errors import ConflictError


class OperatorAlreadyOnCallError(ConflictError):
    """The operator, or the entry, has an open call."""

    code = "operator_already_on_call"


class CallEndedError(ConflictError):
    """The call is over."""

    code = "call_ended"
