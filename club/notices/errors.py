"""The refusals of the notice room."""

from __future__ import annotations

from config.errors import HamsedaError


class NotSentError(HamsedaError):
    """No gateway took the text; it is tried again later."""

    code = "not_sent"
    status = 502
