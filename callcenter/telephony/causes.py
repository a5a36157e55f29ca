"""What a hangup cause says about a member's line that was dialled and not answered. Pure.

Asterisk's DialStatus reads NOANSWER for an unallocated number (cause 1) and for a declined call (21), so the cause is
asked first and the status only where the cause says nothing.
"""

from __future__ import annotations

from callcenter.calls.models import LineStatus

BY_CAUSE = {
    1: LineStatus.WRONG_NUMBER,  # unallocated
    3: LineStatus.UNREACHABLE,  # no route
    17: LineStatus.BUSY,
    18: LineStatus.NO_ANSWER,  # no user response
    19: LineStatus.NO_ANSWER,  # alerting, no answer
    20: LineStatus.UNREACHABLE,  # subscriber absent: the mobile is off
    21: LineStatus.REJECTED,
    22: LineStatus.NUMBER_CHANGED,
    27: LineStatus.UNREACHABLE,  # destination out of order
    28: LineStatus.WRONG_NUMBER,  # invalid number format
    34: LineStatus.CONGESTION,  # no circuit
    38: LineStatus.CONGESTION,  # network out of order
    41: LineStatus.CONGESTION,  # temporary failure
    42: LineStatus.CONGESTION,  # switch congestion
    44: LineStatus.CONGESTION,  # channel not available
}

BY_DIAL_STATUS = {
    "BUSY": LineStatus.BUSY,
    "CONGESTION": LineStatus.CONGESTION,
    "CHANUNAVAIL": LineStatus.UNREACHABLE,
    "NOANSWER": LineStatus.NO_ANSWER,
}


def classify(cause: int | None, dial_status: str, *, has_rung: bool) -> LineStatus:
    """The status of an unanswered line from its Q.850 cause and DialStatus."""
    # A caller who gives up leaves whatever cause the far end last sent.
    if dial_status == "CANCEL":
        return LineStatus.NOT_DIALLED
    known = BY_CAUSE.get(cause or 0) or BY_DIAL_STATUS.get(dial_status)
    return known or (LineStatus.NO_ANSWER if has_rung else LineStatus.UNREACHABLE)
