"""When a member wants to be called again: from what the operator chose to a moment. Pure."""

from __future__ import annotations

from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.desk.errors import ClosedThenError
from config.calendar import at_clock
from config.calendar import local
from config.calendar import parse_date
from config.calendar import parse_time
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from callcenter.campaigns.hours import Hours

TODAY = "today"
TOMORROW = "tomorrow"
OTHER = "other"
# "In three minutes" is not what "call me later" means.
SOONEST_SUGGESTION = timedelta(minutes=20)
# A promise further away than this is forgotten by both sides.
FURTHEST = timedelta(days=60)
# The operator hears of a promise of their own this long before.
REMINDER = timedelta(minutes=5)


def moment(day: str, date_text: str, time_text: str, *, zone: str, now: datetime) -> datetime:
    """The UTC moment of a day (`today`, `tomorrow`, or `other` with a written date) and a clock time in `zone`.

    Raises InvalidInputError on `date` or `time` when there is no such day or time, or it is past or too far away.
    """
    today = local(now, zone).date()
    days = {TODAY: today, TOMORROW: today + timedelta(days=1)}
    chosen = days[day] if day in days else parse_date(date_text)
    at = at_clock(chosen, parse_time(time_text), zone)
    if at <= now:
        raise InvalidInputError("time", f"{at:%Y-%m-%d %H:%M} UTC is past")
    if at > now + FURTHEST:
        raise InvalidInputError("date", f"{chosen} is more than {FURTHEST.days} days away")
    return at


def window_end(
    day: str, date_text: str, until_text: str, *, zone: str, start: datetime, now: datetime
) -> datetime | None:
    """Until when a call promised from `start` on may be made, on the same day; None for an exact time.

    Raises InvalidInputError on `until` when it is no clock time, or not after the start.
    """
    if not until_text.strip():
        return None
    try:
        end = moment(day, date_text, until_text, zone=zone, now=now)
    except InvalidInputError:
        raise InvalidInputError("until", f"{until_text[:20]!r} is no time that is still to come") from None
    if end <= start:
        raise InvalidInputError("until", "the hours end before they begin")
    return end


def ensure_open(at: datetime, until: datetime | None, *, hours: Hours) -> None:
    """Raises ClosedThenError when the campaign's hours do not let the member be called at `at`, or (on `until`) when
    they end before the promised hours do. It knows the nearest moment that is possible.
    """
    if not hours.is_open(at):
        raise ClosedThenError("time", at, nearest=hours.next_open(at), zone=hours.zone)
    if until is not None and until > hours.closing(at):
        raise ClosedThenError("until", until, nearest=hours.closing(at), zone=hours.zone)


def is_soon(at: datetime, *, now: datetime) -> bool:
    """Whether an operator is reminded of a promised call already."""
    return at - now <= REMINDER


def suggestion(hours: Hours, *, now: datetime) -> datetime:
    """The moment offered first: the next full hour not just about to strike, or when the hours open after it."""
    soonest = local(now + SOONEST_SUGGESTION, hours.zone).replace(minute=0, second=0, microsecond=0)
    soonest += timedelta(hours=1)
    return hours.next_open(soonest) or soonest
