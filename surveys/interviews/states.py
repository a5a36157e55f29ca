"""The words for how far a response is and what became of a question; other packages may use them."""

from enum import StrEnum


class ResponseState(StrEnum):
    """How far a response is; the names are AAPOR's."""

    STARTED = "started"
    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"


class AnswerStatus(StrEnum):
    """An answer, or the reason there is none."""

    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
