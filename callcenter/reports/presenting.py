"""What the page's fixed pieces say: the choices of its filters, its warnings, the outcomes by name."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from callcenter.calls.aapor import Symbol
from callcenter.reports import sentences
from callcenter.reports.filters import LONGEST_DAYS
from callcenter.reports.filters import Filters
from callcenter.reports.filters import Period
from callcenter.reports.filters import Problem
from callcenter.reports.phrases import gettext as _
from config.formats import number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from callcenter.reports.queries import Reach


@dataclass(frozen=True)
class Choice:
    """A period one can choose: its name, the address that brings it, whether it is the one on the page."""

    label: str
    query: dict[str, str]
    is_on: bool


@dataclass(frozen=True)
class OutcomeGroup:
    """The members of one AAPOR symbol."""

    symbol: str
    label: str
    count: int


def periods(filters: Filters) -> list[Choice]:
    """The ready-made periods, each keeping the branch."""
    labels = {
        Period.LAST_30_DAYS: _("30 days"),
        Period.LAST_90_DAYS: _("90 days"),
        Period.THIS_MONTH: _("This month"),
        Period.LAST_MONTH: _("Last month"),
    }
    return [
        Choice(label, replace(filters, period=period).as_query(), period is filters.period)
        for period, label in labels.items()
    ]


def problems(found: Iterable[Problem]) -> list[str]:
    """Why something in the address was not used, and what is shown in its place."""
    days = number(LONGEST_DAYS)
    texts = {
        Problem.UNKNOWN_PERIOD: _("There is no such period; the last 30 days are shown."),
        Problem.BAD_DATE: _("No such day (write 1404/08/01 or 2025-10-23); the last 30 days are shown."),
        Problem.DATES_REVERSED: _("The first day is after the last; the last 30 days are shown."),
        Problem.TOO_LONG: _("A period has at most %(days)s days; the last 30 days are shown.", days=days),
        Problem.UNKNOWN_BRANCH: _("There is no such branch in this club; all branches are shown."),
    }
    return [texts[problem] for problem in found]


def scale() -> list[str]:
    """The names of the ratings, 1 to 5."""
    return [
        _("very dissatisfied"),
        _("dissatisfied"),
        _("neither"),
        _("satisfied"),
        _("very satisfied"),
    ]


def reached(reach: Reach) -> str:
    """The sentence on how many members answered."""
    return sentences.reached(reach.called, reach.completed)


def outcomes(reach: Reach) -> list[OutcomeGroup]:
    """What came of the members called, group by group, those without members left out."""
    labels = {
        Symbol.COMPLETE: _("Answered to the end"),
        Symbol.PARTIAL: _("Answered in part"),
        Symbol.REFUSAL: _("Refused or broke off"),
        Symbol.NON_CONTACT: _("Right number, not reached"),
        Symbol.OTHER: _("Reached, could not take part"),
        Symbol.UNKNOWN_UNIT: _("Never answered: unknown whether the number is theirs"),
        Symbol.UNKNOWN_RESPONDENT: _("Somebody answered, member not confirmed"),
        Symbol.UNKNOWN_OTHER: _("Unknown for another reason"),
        Symbol.NOT_ELIGIBLE: _("Not eligible: number out of service or no longer a member"),
    }
    return [
        OutcomeGroup(symbol.value, label, int(reach.symbols[symbol]))
        for symbol, label in labels.items()
        if reach.symbols[symbol]
    ]
