"""The official holidays of Iran, as the `holidays` library knows them: those of the moon are its forecast. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from config.calendar import jalali_year

if TYPE_CHECKING:
    from collections.abc import Iterable

    from holidays import HolidayBase


@dataclass(frozen=True)
class Official:
    """An official holiday and what it is called in each language."""

    day: date
    name_fa: str
    name_en: str


@dataclass(frozen=True)
class Month:
    """The days of a Ramadan, both included."""

    starts_on: date
    ends_on: date


def ramadans(today: date) -> list[Month]:
    """The present and the next Ramadan of Iran's calendar that are not over, as a forecast.

    Two official holidays tell them: the martyrdom of Imam Ali on the 21st, and the end of the fast.
    """
    days = _iran(years=range(today.year, today.year + 3), language="en_US")
    twenty_firsts, feasts = sorted(days.get_named("Martyrdom of Imam Ali")), sorted(days.get_named("Eid al-Fitr"))
    found = []
    for day in twenty_firsts:
        feast = next((one for one in feasts if one > day), None)
        if feast is not None and feast > today:
            found.append(Month(day - timedelta(days=20), feast - timedelta(days=1)))
    return found[:2]


def holidays_of_two_years(today: date) -> list[Official]:
    """The official holidays of the present and the next Jalali year, in order."""
    first = jalali_year(today)
    years = range(today.year - 1, today.year + 3)
    persian, english = _iran(years=years, language="fa_IR"), _iran(years=years, language="en_US")
    return [
        Official(day, persian[day], english[day]) for day in sorted(persian) if jalali_year(day) in {first, first + 1}
    ]


def _iran(years: Iterable[int], language: str) -> HolidayBase:
    # With the library come all countries of the world, and seldom does anybody ask for one.
    from holidays.countries.iran import Iran  # noqa: PLC0415

    return Iran(years=years, language=language)
