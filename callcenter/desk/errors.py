"""What the desk refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.calendar import local
from config.errors import ConflictError
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime


class StaleDeskError(ConflictError):
    """The screen this came from is older than the desk: another member, another call or another step by now."""

    code = "stale_desk"


class NotNowError(ConflictError):
    """The desk is at a step at which this cannot be done."""

    code = "not_now"


class OutOfHoursError(ConflictError):
    """The member is not to be called at this hour, unless the operator says that it is wanted all the same."""

    code = "out_of_hours"


class ClosedThenError(InvalidInputError):
    """A call cannot be promised for this time; `nearest` can (on the clock of `zone`), None when nothing can."""

    code = "closed_then"

    def __init__(self, field: str, at: datetime, *, nearest: datetime | None, zone: str) -> None:
        super().__init__(field, f"nobody may be called at {at:%Y-%m-%d %H:%M} UTC")
        self.nearest = local(nearest, zone) if nearest else None
