"""When a member wants to be called: days of the week and hours on the clock of their own place. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from config.calendar import at_clock
from config.calendar import local
from config.calendar import weekday

WEEK = 7


@dataclass(frozen=True)
class Window:
    """Hours on some days of the week, counted from Saturday = 0."""

    weekdays: frozenset[int]
    opens_at: time
    closes_at: time


@dataclass(frozen=True)
class OwnHours:
    """The windows in which a member wants to be called, at least one, on the clock of `zone`."""

    zone: str
    windows: Sequence[Window]

    def is_open(self, now: datetime) -> bool:
        """Whether the member wants to be called at `now`."""
        return bool(self._open_at(now))

    def next_open(self, now: datetime) -> datetime:
        """The first moment from `now` on at which the member wants to be called."""
        if self.is_open(now):
            return now
        first = local(now, self.zone).date()
        openings = [at for ahead in range(WEEK + 1) for at in self._openings(first + timedelta(days=ahead))]
        return min(at for at in openings if at >= now)

    def closing(self, now: datetime) -> datetime:
        """When the window that is open at `now` ends (in UTC)."""
        ends = [window.closes_at for window in self._open_at(now)]
        return at_clock(local(now, self.zone).date(), max(ends), self.zone)

    def _open_at(self, now: datetime) -> list[Window]:
        there = local(now, self.zone)
        return [one for one in self._on(there.date()) if one.opens_at <= there.time() < one.closes_at]

    def _openings(self, day: date) -> list[datetime]:
        return [at_clock(day, one.opens_at, self.zone) for one in self._on(day)]

    def _on(self, day: date) -> list[Window]:
        return [one for one in self.windows if weekday(day) in one.weekdays]
