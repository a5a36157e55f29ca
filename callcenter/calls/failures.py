"""Why the line was no use: stable codes for the table, sentences for the screen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

if TYPE_CHECKING:
    from flask_babel import LazyString


class Failure(StrEnum):
    """The reason in `Call.failure`."""

    LINE_DOWN = "line_down"
    REFUSED = "refused"
    REPLY_LOST = "reply_lost"
    UNKNOWN_TO_LINE = "unknown_to_line"
    MISSED = "missed"
    BAD_NUMBER = "bad_number"
    NOT_TO_BE_CALLED = "not_to_be_called"
    OPERATOR_NO_ANSWER = "operator_no_answer"
    OPERATOR_BUSY = "operator_busy"
    OPERATOR_UNREACHABLE = "operator_unreachable"
    OPERATOR_LEFT = "operator_left"


SENTENCES: dict[Failure, LazyString] = {
    Failure.LINE_DOWN: _l(
        "The telephone exchange cannot be reached. The member was not called; try again in a moment."
    ),
    Failure.REFUSED: _l("The telephone exchange refused the call. The member was not called; tell your supervisor."),
    Failure.REPLY_LOST: _l("The telephone exchange did not answer in time. The member was not called; try again."),
    Failure.UNKNOWN_TO_LINE: _l(
        "The connection to the telephone exchange was interrupted; this call is lost. Try again."
    ),
    Failure.MISSED: _l("The call ended while the connection to the telephone exchange was interrupted."),
    Failure.NOT_TO_BE_CALLED: _l("The member is not to be called any more, and was not called."),
    Failure.BAD_NUMBER: _l("This number cannot be dialled. Tell your supervisor."),
    Failure.OPERATOR_NO_ANSWER: _l(
        "Your own phone was not answered. The member was not called; pick up and try again."
    ),
    Failure.OPERATOR_BUSY: _l("Your own phone is busy. The member was not called; hang up and try again."),
    Failure.OPERATOR_UNREACHABLE: _l(
        "Your own phone is not connected. The member was not called; check it and try again."
    ),
    Failure.OPERATOR_LEFT: _l("Your own phone hung up before the member was called."),
}
