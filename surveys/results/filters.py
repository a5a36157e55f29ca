"""Which interviews are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from config.calendar import day_start

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Filters:
    """The complete interviews of one club, from `since` (aware, included) until `until` (not included), of one branch.

    None leaves that side open.
    """

    club_id: int
    since: datetime | None = None
    until: datetime | None = None
    branch_id: int | None = None


def of_days(club_id: int, first: date | None, last: date | None, zone: str, branch_id: int | None = None) -> Filters:
    """The filters for whole days on the clocks of `zone`, both days included."""
    return Filters(
        club_id=club_id,
        since=None if first is None else day_start(first, zone),
        until=None if last is None else day_start(last + timedelta(days=1), zone),
        branch_id=branch_id,
    )
