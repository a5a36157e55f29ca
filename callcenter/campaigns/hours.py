"""When a campaign may call. Pure."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import time


def is_open(there: datetime, *, opens_at: time, closes_at: time, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether a campaign with these hours and days (both ends included) may call at the local time `there`."""
    day = there.date()
    is_in_days = (starts_on is None or starts_on <= day) and (ends_on is None or day <= ends_on)
    return is_in_days and opens_at <= there.time() < closes_at
