"""The refusals of the line."""

from __future__ import annotations

from config.errors import ConflictError
from config.errors import HamsedaError


class LineError(HamsedaError):
    """The exchange did not do what it was asked; the sentence says why."""

    code = "line"
    status = 503


class LineDownError(LineError):
    """There is no connection to the exchange."""

    code = "line_down"


class LoginRefusedError(LineError):
    """The exchange does not know this user name and secret, or does not admit this address."""

    code = "line_login_refused"


class ReplyLostError(LineError):
    """The exchange did not answer an action before its deadline."""

    code = "line_reply_lost"


class ActionRefusedError(LineError):
    """The exchange answered an action with an error."""

    code = "line_action_refused"


class BrokenPacketError(LineError):
    """What came over the connection is no manager interface, or a packet beyond every measure."""

    code = "line_broken_packet"


class UnsafeValueError(LineError):
    """A value that would break out of its line in the protocol."""

    code = "line_unsafe_value"
    status = 422


class MessageOverflowError(ConflictError):
    """More messages wait than the inbox holds."""

    code = "line_overflow"
