"""The refusals of reviews."""

from __future__ import annotations

from config.errors import ConflictError


class NotCompleteError(ConflictError):
    """The interview goes on, or was broken off."""

    code = "not_complete"


class ReviewedAlreadyError(ConflictError):
    """One person reviews an interview once, and a review is not changed."""

    code = "reviewed_already"


class ReadBeforeError(ConflictError):
    """Whoever has read what others found in an interview does not review it any more."""

    code = "read_before"


class AnsweredAlreadyError(ConflictError):
    """The operator has answered this review, and an answer is given once."""

    code = "answered_already"
