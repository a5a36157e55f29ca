"""When a campaign may call: its hours and days, and the days on which its club calls nobody. Pure."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from enum import StrEnum

from callcenter.campaigns.own_hours import OwnHours
from config.calendar import at_clock
from config.calendar import local
from config.calendar import weekday

# So far ahead an open hour is looked for; a year without one has none.
FURTHEST_DAYS = 366


class Closed(StrEnum):
    """Why nobody may be called at a moment."""

    NOT_BEGUN = "not_begun"
    OVER = "over"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"
    HOURS = "hours"
    OWN_HOURS = "own_hours"


@dataclass(frozen=True)
class Period:
    """Days on which all campaigns of a club call at other hours, both days included; a day may be in several."""

    starts_on: date
    ends_on: date
    opens_at: time
    closes_at: time


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The hours of a campaign on the clock of `zone`, from `starts_on` to `ends_on` (both included).

    `rest_weekdays` are counted from Saturday = 0; on those and on `holidays` nobody is called. On the days of `periods`
    their hours hold instead, all of them. `own` are the hours that one member asked for.
    """

    zone: str
    opens_at: time
    closes_at: time
    starts_on: date | None = None
    ends_on: date | None = None
    rest_weekdays: Collection[int] = ()
    holidays: Collection[date] = ()
    periods: Sequence[Period] = ()
    own: OwnHours | None = None

    def closed_because(self, now: datetime) -> Closed | None:
        """Why nobody may be called at `now`; None when calls may be made."""
        reason = self._calendar_says(local(now, self.zone).date())
        if reason is None and self._open_until(now) is None:
            reason = Closed.HOURS
        if reason is None and self.own is not None and not self.own.is_open(now):
            reason = Closed.OWN_HOURS
        return reason

    def is_open(self, now: datetime) -> bool:
        """Whether calls may be made at `now`."""
        return self.closed_because(now) is None

    def next_open(self, now: datetime) -> datetime | None:
        """The first moment from `now` on (in UTC) at which calls may be made; None when there is none in a year."""
        if self.is_open(now):
            return now
        opening = self._next_opening(now)
        while self.own is not None and opening is not None and not self.own.is_open(opening):
            wanted = self.own.next_open(opening)
            opening = self._next_opening(wanted) if wanted < now + timedelta(days=FURTHEST_DAYS) else None
        return opening

    def closing(self, now: datetime) -> datetime:
        """When the hours that are open at `now`, or else the last of its day, end (in UTC)."""
        day = local(now, self.zone).date()
        end = at_clock(day, self._open_until(now) or max(closes for _, closes in self.spans(day)), self.zone)
        return min(end, self.own.closing(now)) if self.own is not None and self.own.is_open(now) else end

    def day_closed_because(self, day: date) -> Closed | None:
        """Why nobody is called on a day, at whatever hour; None when some hour of it is open."""
        reason = self._calendar_says(day)
        if reason is None and self.own is not None:
            opening = self.next_open(at_clock(day, self.spans(day)[0][0], self.zone))
            if opening is None or local(opening, self.zone).date() != day:
                return Closed.OWN_HOURS
        return reason

    def spans(self, day: date) -> list[tuple[time, time]]:
        """From when until when calls are made on a day that is not free, in order."""
        others = [(one.opens_at, one.closes_at) for one in self.periods if one.starts_on <= day <= one.ends_on]
        return sorted(others) or [(self.opens_at, self.closes_at)]

    def _open_until(self, now: datetime) -> time | None:
        there = local(now, self.zone)
        ends = [closes for opens, closes in self.spans(there.date()) if opens <= there.time() < closes]
        return max(ends, default=None)

    def _calendar_says(self, day: date) -> Closed | None:
        checks = (
            (Closed.NOT_BEGUN, self.starts_on is not None and day < self.starts_on),
            (Closed.OVER, self.ends_on is not None and day > self.ends_on),
            (Closed.HOLIDAY, day in self.holidays),
            (Closed.REST_DAY, weekday(day) in self.rest_weekdays),
        )
        return next((reason for reason, holds in checks if holds), None)

    def _next_opening(self, now: datetime) -> datetime | None:
        """As `next_open`, whatever the member wants."""
        first = local(now, self.zone).date()
        if self._calendar_says(first) is None and self._open_until(now) is not None:
            return now
        days = (first + timedelta(days=ahead) for ahead in range(FURTHEST_DAYS))
        open_days = (day for day in days if self._calendar_says(day) is None)
        openings = (at_clock(day, opens, self.zone) for day in open_days for opens, _ in self.spans(day))
        return next((at for at in openings if at >= now), None)
