"""Parts of the day, so that who was not reached in one is tried in another. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from collections.abc import Sequence
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from enum import StrEnum

from callcenter.campaigns.hours import Hours
from config.calendar import at_clock
from config.calendar import day_start
from config.calendar import local
from config.calendar import weekday

# On the clock of the club. People are at home on Thursdays and Fridays, whatever days a club takes off.
NOON, EVENING = time(12), time(17)
DAYS_OFF = frozenset({5, 6})
# No attempt is put off longer than this for the sake of another part of the day.
HORIZON = timedelta(days=2)


class Part(StrEnum):
    """A part of a working day, or of a day off."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    MORNING_OFF = "morning_off"
    AFTERNOON_OFF = "afternoon_off"
    EVENING_OFF = "evening_off"


WORKING = (Part.MORNING, Part.AFTERNOON, Part.EVENING)
OFF = (Part.MORNING_OFF, Part.AFTERNOON_OFF, Part.EVENING_OFF)


def part_of(moment: datetime, zone: str, holidays: Collection[date] = ()) -> Part:
    """The part of the day that `moment` falls into on the clocks of `zone`."""
    there = local(moment, zone)
    parts = OFF if weekday(there.date()) in DAYS_OFF or there.date() in holidays else WORKING
    return parts[(there.time() >= NOON) + (there.time() >= EVENING)]


def part_end(moment: datetime, zone: str) -> datetime:
    """When the part of the day of `moment` ends (in UTC)."""
    day = local(moment, zone).date()
    ends = (at_clock(day, NOON, zone), at_clock(day, EVENING, zone), day_start(day + timedelta(days=1), zone))
    return next(end for end in ends if end > moment)


def spread(hours: Hours, earliest: datetime, tried: Sequence[datetime]) -> datetime | None:
    """The first open moment from `earliest` on in the part of the day in which the fewest of the attempts at `tried`
    were made, of those that come within HORIZON. None when `hours` have no open moment in a year.
    """
    first = hours.next_open(earliest)
    if first is None or not tried:
        return first
    counts = Counter(part_of(at, hours.zone, hours.holidays) for at in tried)
    return min(_openings(hours, first), key=lambda at: (counts[part_of(at, hours.zone, hours.holidays)], at))


def _openings(hours: Hours, first: datetime) -> list[datetime]:
    """The first open moment of each part of the day from `first` on."""
    found = []
    at: datetime | None = first
    while at is not None and at <= first + HORIZON:
        found.append(at)
        at = hours.next_open(part_end(at, hours.zone))
    return found
