"""Dates as people here read and write them: Jalali or Gregorian, weeks from Saturday, named time zones."""

from __future__ import annotations

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from zoneinfo import ZoneInfo
from zoneinfo import ZoneInfoNotFoundError

from persiantools.jdatetime import JalaliDate

from config.errors import InvalidInputError
from config.text import to_ascii_digits
from config.text import to_persian_digits

JALALI_MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
JALALI_WEEKDAYS = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه")
# Years below this are Jalali: the two calendars are 621 years apart, and nobody living was born before 1700.
LAST_JALALI_YEAR = 1700
# The days that have a name in both calendars, to whole years: before the first year of one, and past the last of both.
FIRST_DAY, LAST_DAY = date(622, 3, 22), date(9998, 12, 31)
_DATE = re.compile(r"(\d{3,4})[/.\-](\d{1,2})[/.\-](\d{1,2})")
_TIME = re.compile(r"(\d{1,2})(?:[:٫.](\d{2}))?")


def parse_date(text: str, field: str = "date") -> date:
    """The day written as year/month/day (or with - or .), Jalali when the year is below 1700, in any digits.

    Raises InvalidInputError (on `field`) when there is no such day.
    """
    match = _DATE.fullmatch(to_ascii_digits(text).strip())
    if match is None:
        raise InvalidInputError(field, f"{text!r} is not a date; write it as 1404/08/30 or 2025-11-21")
    year, month, day = (int(part) for part in match.groups())
    try:
        found = JalaliDate(year, month, day).to_gregorian() if year < LAST_JALALI_YEAR else date(year, month, day)
    except ValueError:
        raise InvalidInputError(field, f"{text!r} is not a day of the calendar") from None
    if not FIRST_DAY <= found <= LAST_DAY:
        raise InvalidInputError(field, f"{text!r} is not a day of both calendars")
    return found


def parse_time(text: str, field: str = "time") -> time:
    """The clock time written as hour:minute, or the hour alone, in any digits.

    Raises InvalidInputError (on `field`) when there is no such time.
    """
    match = _TIME.fullmatch(to_ascii_digits(text).strip())
    hour, minute = (int(match.group(1)), int(match.group(2) or 0)) if match else (99, 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise InvalidInputError(field, f"{text!r} is not a clock time; write it as 17:30") from None


def is_zone(name: str) -> bool:
    """Whether `name` is a zone of the tz database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: the empty name is the folder of all zones.
        return False
    return True


def local(moment: datetime, zone: str) -> datetime:
    """`moment` on the clocks of `zone`."""
    return moment.astimezone(ZoneInfo(zone))


def at_clock(day: date, clock: time, zone: str) -> datetime:
    """The moment, in UTC, at which the clocks of `zone` show `clock` on `day`."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def day_start(day: date, zone: str) -> datetime:
    """The first moment of `day` in `zone`, in UTC."""
    return at_clock(day, time.min, zone)


def midnight(now: datetime, zone: str) -> datetime:
    """When the day of `now` began in `zone`, in UTC."""
    return day_start(local(now, zone).date(), zone)


def weekday(day: date) -> int:
    """The day's place in the week from Saturday = 0."""
    return (day.weekday() + 2) % 7


def week_start(day: date) -> date:
    """The Saturday on or before `day`."""
    return day - timedelta(days=weekday(day))


def jalali_year(day: date) -> int:
    """The Jalali year of a day."""
    return int(JalaliDate(day).year)


def anniversary(day: date, year: int) -> date:
    """When the Jalali month and day of `day` come round in Jalali `year`; 30 Esfand falls on 29 in common years."""
    first = JalaliDate(day)
    last_of_month = JalaliDate.days_in_month(first.month, year)
    found: date = JalaliDate(year, first.month, min(first.day, last_of_month)).to_gregorian()
    return found


def day_of_month(day: date, language: str) -> int:
    """The number of a day in its month: Jalali for fa, Gregorian for en."""
    return int(JalaliDate(day).day) if language == "fa" else day.day


def format_date(day: date, language: str, style: str = "medium") -> str:
    """A day in words: Jalali with Persian digits for fa, Gregorian for en.

    `style`: `short` (12 Aban), `medium` (12 Aban 1404), `long` (with the weekday), `numeric` (1404/08/12),
    `month` (Aban 1404). What is numeric stands in fields too, so `parse_date` reads the same day out of it: where its
    year would be taken for one of the other calendar, it is written in that one.
    """
    # A moment is a day as well, and cannot be compared with one.
    if isinstance(day, datetime):
        day = day.date()
    has_both = FIRST_DAY <= day <= LAST_DAY
    if style == "numeric" and has_both:
        text = _numeric(day, language)
    elif language != "fa":
        text = _gregorian(day, style)
    else:
        # Files bring days such as 9999-12-31, which has no name.
        text = _jalali(day, style) if has_both else day.isoformat()
    return to_persian_digits(text) if language == "fa" else text


def _numeric(day: date, language: str) -> str:
    jalali = JalaliDate(day)
    is_jalali = jalali.year < LAST_JALALI_YEAR if language == "fa" else day.year < LAST_JALALI_YEAR
    return f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02}" if is_jalali else day.isoformat()


def _jalali(day: date, style: str) -> str:
    jalali = JalaliDate(day)
    month = JALALI_MONTHS[jalali.month - 1]
    texts = {
        "short": f"{jalali.day} {month}",
        "medium": f"{jalali.day} {month} {jalali.year}",
        "long": f"{JALALI_WEEKDAYS[weekday(day)]} {jalali.day} {month} {jalali.year}",
        "month": f"{month} {jalali.year}",
    }
    return texts[style]


def _gregorian(day: date, style: str) -> str:
    texts = {
        "short": f"{day.day} {day:%b}",
        "medium": f"{day.day} {day:%b} {day.year}",
        "long": f"{day:%A} {day.day} {day:%B} {day.year}",
        "numeric": day.isoformat(),
        "month": f"{day:%B} {day.year}",
    }
    return texts[style]
