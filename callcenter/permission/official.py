"""The official holidays of Iran, as the `holidays` library knows them: those of the moon are its forecast. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from holidays.countries.iran import Iran

from config.calendar import jalali_year


@dataclass(frozen=True)
class Official:
    """An official holiday and what it is called in each language."""

    day: date
    name_fa: str
    name_en: str


def holidays_of_two_years(today: date) -> list[Official]:
    """The official holidays of the present and the next Jalali year, in order."""
    first = jalali_year(today)
    years = range(today.year - 1, today.year + 3)
    persian, english = Iran(years=years, language="fa_IR"), Iran(years=years, language="en_US")
    return [
        Official(day, persian[day], english[day]) for day in sorted(persian) if jalali_year(day) in {first, first + 1}
    ]
