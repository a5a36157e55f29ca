"""The figures of a shift, from an operator's stays in states and their number of calls. Pure.

The parts are seconds; ratios are made of them when somebody looks, because definitions vary between houses:

- handling: everything for one member, from looking at the record to the end of the wrap-up;
- available: ready, and nobody is due;
- paid: handling, available, and the pauses that are paid. Who is away or off the queue is not at work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.operators.models import OperatorState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True)
class Stay:
    """One stay in a state, lasting while `until` is None; `is_paid` is known of pauses only."""

    state: OperatorState
    since: datetime
    until: datetime | None
    is_paid: bool | None = None


@dataclass(frozen=True)
class Total:
    """The seconds of some stays that are over, in one state, added up where they are stored."""

    state: OperatorState
    is_paid: bool | None
    seconds: float


@dataclass(frozen=True)
class Shift:
    """The parts of a shift in seconds, and the calls in which a member's line was dialled."""

    preview_seconds: float = 0.0
    dialling_seconds: float = 0.0
    on_call_seconds: float = 0.0
    wrap_up_seconds: float = 0.0
    available_seconds: float = 0.0
    paid_pause_seconds: float = 0.0
    unpaid_pause_seconds: float = 0.0
    away_seconds: float = 0.0
    call_count: int = 0

    @property
    def handling_seconds(self) -> float:
        """The time for members."""
        return self.preview_seconds + self.dialling_seconds + self.on_call_seconds + self.wrap_up_seconds

    @property
    def paid_seconds(self) -> float:
        """The time that is paid."""
        return self.handling_seconds + self.available_seconds + self.paid_pause_seconds

    @property
    def average_handling_seconds(self) -> float | None:
        """Handling time for each call; None before the first."""
        return _ratio(self.handling_seconds, self.call_count)

    @property
    def average_wrap_up_seconds(self) -> float | None:
        """Wrap-up time for each call; None before the first."""
        return _ratio(self.wrap_up_seconds, self.call_count)

    @property
    def occupancy(self) -> float | None:
        """The share of handling in handling and available time (0 to 1); None without either."""
        return _ratio(self.handling_seconds, self.handling_seconds + self.available_seconds)

    @property
    def utilisation(self) -> float | None:
        """The share of handling and available time in paid time (0 to 1); None without paid time."""
        return _ratio(self.handling_seconds + self.available_seconds, self.paid_seconds)


# The part of a shift that a stay adds to; a pause by whether it is paid. OFF is no part of a shift.
PARTS = {
    (OperatorState.READY, None): "available_seconds",
    (OperatorState.PREVIEW, None): "preview_seconds",
    (OperatorState.DIALLING, None): "dialling_seconds",
    (OperatorState.ON_CALL, None): "on_call_seconds",
    (OperatorState.WRAP_UP, None): "wrap_up_seconds",
    (OperatorState.PAUSED, True): "paid_pause_seconds",
    (OperatorState.PAUSED, False): "unpaid_pause_seconds",
    (OperatorState.AWAY, None): "away_seconds",
}


def add_up(
    stays: Iterable[Stay], *, since: datetime, until: datetime, call_count: int, totals: Iterable[Total] = ()
) -> Shift:
    """The figures between two moments: of each stay counts what lies between them; one that lasts ends at `until`.

    `totals` are of further stays, wholly between the two moments.
    """
    sums = dict.fromkeys(PARTS.values(), 0.0)
    clipped = [Total(stay.state, stay.is_paid, _seconds_between(stay, since, until)) for stay in stays]
    for one in (*clipped, *totals):
        part = PARTS.get((one.state, one.is_paid))
        if part is not None:
            sums[part] += one.seconds
    return Shift(**sums, call_count=call_count)


def _seconds_between(stay: Stay, since: datetime, until: datetime) -> float:
    end = until if stay.until is None else min(stay.until, until)
    return max(0.0, (end - max(stay.since, since)).total_seconds())


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
