"""How numbers, money and times are shown, in the language of the page: the filters of the templates."""

from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING

from jinja2 import pass_context

from config import calendar
from config.languages import current_language
from config.languages import current_zone
from config.phones import mask_phone
from config.phones import national
from config.text import to_persian_digits

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

RIAL_PER_TOMAN = 10


def digits(value: object) -> str:
    """`value` as text, with Persian digits on a Persian page."""
    return to_persian_digits(str(value)) if current_language() == "fa" else str(value)


def number(value: float, places: int = 0) -> str:
    """A grouped number with `places` decimals."""
    text = f"{value:,.{places}f}"
    if current_language() == "fa":
        text = text.replace(",", "٬").replace(".", "٫")
    return digits(text)


def toman(rial: int) -> str:
    """An amount of rial as grouped Toman, without the unit; a half Toman is rounded away from zero."""
    return number((abs(rial) + RIAL_PER_TOMAN // 2) // RIAL_PER_TOMAN * (1 if rial >= 0 else -1))


def percent(share: float, places: int = 0) -> str:
    """A share (0 to 1) as a per cent with its sign."""
    shown = number(share * 100, places)
    # The mark (U+061C) makes the digits Arabic-script ones for the bidi rules: the sign is on their left everywhere.
    return f"\u061c{shown}٪" if current_language() == "fa" else f"{shown}%"


def date_(day: date | datetime, style: str = "medium") -> str:
    """A day in words (styles of config.calendar.format_date); a moment is taken on the club's clock."""
    if isinstance(day, datetime):
        day = calendar.local(day, current_zone()).date()
    return calendar.format_date(day, current_language(), style)


def time_(moment: datetime) -> str:
    """The clock time of a moment in the club's zone, 14:05."""
    return digits(f"{calendar.local(moment, current_zone()):%H:%M}")


def datetime_(moment: datetime, style: str = "medium") -> str:
    """Day and clock time."""
    return (
        f"{date_(moment, style)}، {time_(moment)}"
        if current_language() == "fa"
        else f"{date_(moment, style)}, {time_(moment)}"
    )


def duration(seconds: float) -> str:
    """A length of time as minutes:seconds, or hours:minutes:seconds."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return digits(f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}")


def phone_masked(e164: str) -> str:
    """A number with its middle hidden."""
    return digits(mask_phone(e164))


def phone_full(e164: str) -> str:
    """A number as people dial it."""
    return digits(national(e164))


def since(moment: datetime) -> str:
    """The length of time from `moment` until now."""
    return duration((datetime.now(UTC) - moment).total_seconds())


def _in_each_language(function: Callable[..., str]) -> Callable[..., str]:
    """The filter, asked anew at each page: else a constant in a template stays in the language it was first read in."""

    @wraps(function)
    @pass_context
    def shown(_context: object, *args: object, **options: object) -> str:
        return function(*args, **options)

    return shown


def init_app(app: Flask) -> None:
    """Give the templates these filters."""
    for function in (
        digits,
        number,
        toman,
        percent,
        date_,
        time_,
        datetime_,
        duration,
        phone_masked,
        phone_full,
        since,
    ):
        app.add_template_filter(_in_each_language(function), function.__name__)
