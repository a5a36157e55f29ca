"""What the manager's page is about: a period and a branch, read from the address and written back into it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from persiantools.jdatetime import JalaliDate

from config.calendar import day_start
from config.calendar import parse_date
from config.errors import InvalidInputError
from config.text import is_id
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from datetime import datetime

LONGEST_DAYS = 1100


class Period(StrEnum):
    """The periods the page offers; all but the custom one end today or with the last month."""

    LAST_30_DAYS = "30d"
    LAST_90_DAYS = "90d"
    THIS_MONTH = "month"
    LAST_MONTH = "last-month"
    CUSTOM = "custom"


class Problem(StrEnum):
    """Why a value of the address was not used; the page has a sentence for each."""

    UNKNOWN_PERIOD = "unknown_period"
    BAD_DATE = "bad_date"
    DATES_REVERSED = "dates_reversed"
    TOO_LONG = "too_long"
    UNKNOWN_BRANCH = "unknown_branch"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """A period of whole days, both ends included, on the clocks of `zone`; all branches when `branch_id` is None."""

    period: Period
    start: date
    end: date
    branch_id: int | None
    zone: str

    @property
    def days(self) -> int:
        """The length of the period."""
        return (self.end - self.start).days + 1

    @property
    def since(self) -> datetime:
        """The first moment of the period, in UTC."""
        return day_start(self.start, self.zone)

    @property
    def until(self) -> datetime:
        """The first moment after the period, in UTC."""
        return day_start(self.end + timedelta(days=1), self.zone)

    def preceding(self) -> Filters:
        """The period of equal length that ends the day before this one begins."""
        return replace(
            self, period=Period.CUSTOM, start=self.start - timedelta(days=self.days), end=self.start - timedelta(days=1)
        )

    def as_query(self) -> dict[str, str]:
        """The parts of the address that bring the same view back."""
        query = {"period": self.period.value}
        if self.period is Period.CUSTOM:
            query |= {"from": self.start.isoformat(), "to": self.end.isoformat()}
        return query | ({"branch": str(self.branch_id)} if self.branch_id is not None else {})

    def with_fixed_dates(self) -> Filters:
        """The same days as a custom period, for a link that shows the same days tomorrow."""
        return replace(self, period=Period.CUSTOM)

    def in_branch(self, branch_id: int | None) -> Filters:
        """The same days in one branch, or (None) in all."""
        return replace(self, branch_id=branch_id)


@dataclass(frozen=True)
class Parsed:
    """Filters that can always be used, and what in the address could not be."""

    filters: Filters
    problems: tuple[Problem, ...]


def parse(args: Mapping[str, str], *, today: date, zone: str, language: str, branch_ids: Collection[int]) -> Parsed:
    """Read the filters from the address: `period`, `from`, `to` (Jalali or Gregorian, any digits) and `branch`.

    `today` is the day in `zone`; months are those of the language's calendar. What cannot be used is told in
    `problems`, and the default stands in for it: the last 30 days, all branches.
    """
    problems: list[Problem] = []
    period, start, end = _days(args, today, language, problems)
    branch_id = _branch(args.get("branch", ""), branch_ids, problems)
    return Parsed(Filters(period=period, start=start, end=end, branch_id=branch_id, zone=zone), tuple(problems))


def _days(args: Mapping[str, str], today: date, language: str, problems: list[Problem]) -> tuple[Period, date, date]:
    try:
        period = Period(args.get("period") or _implied(args))
    except ValueError:
        problems.append(Problem.UNKNOWN_PERIOD)
        period = Period.LAST_30_DAYS
    if period is Period.CUSTOM:
        custom = _custom_days(args, today)
        if not isinstance(custom, Problem):
            return Period.CUSTOM, *custom
        problems.append(custom)
        period = Period.LAST_30_DAYS
    return period, *_preset_days(period, today, language)


def _implied(args: Mapping[str, str]) -> str:
    """Dates without a period mean those dates."""
    return Period.CUSTOM if args.get("from") or args.get("to") else Period.LAST_30_DAYS


def _custom_days(args: Mapping[str, str], today: date) -> tuple[date, date] | Problem:
    try:
        start = parse_date(args.get("from", ""))
        end = parse_date(args["to"]) if args.get("to") else today
    except InvalidInputError:
        return Problem.BAD_DATE
    if start > end:
        return Problem.DATES_REVERSED
    return Problem.TOO_LONG if (end - start).days >= LONGEST_DAYS else (start, end)


def _preset_days(period: Period, today: date, language: str) -> tuple[date, date]:
    this_month = _month_start(today, language)
    if period is Period.THIS_MONTH:
        return this_month, today
    if period is Period.LAST_MONTH:
        last_day = this_month - timedelta(days=1)
        return _month_start(last_day, language), last_day
    days = 90 if period is Period.LAST_90_DAYS else 30
    return today - timedelta(days=days - 1), today


def _month_start(day: date, language: str) -> date:
    """The first day of the month of `day`: a Jalali month for Persian readers, a Gregorian one for others."""
    if language != "fa":
        return day.replace(day=1)
    jalali = JalaliDate(day)  # type: ignore[no-untyped-call]  # persiantools has types only in part
    return day - timedelta(days=jalali.day - 1)


def _branch(text: str, branch_ids: Collection[int], problems: list[Problem]) -> int | None:
    digits = to_ascii_digits(text).strip()
    if not digits:
        return None
    if is_id(digits) and int(digits) in branch_ids:
        return int(digits)
    problems.append(Problem.UNKNOWN_BRANCH)
    return None
