"""What the supervisor sees of one club at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.calls.queries import DayCount
from callcenter.calls.queries import OpenCall
from callcenter.handover.queries import Held
from callcenter.lines.health import LineHealth
from callcenter.operators.models import OperatorState
from callcenter.operators.orders import OrderLine
from callcenter.operators.queries import OperatorLine
from callcenter.operators.shifts import Shift
from callcenter.permission.census import Group
from callcenter.permission.reasons import Reason
from callcenter.queue.queries import Waiting
from callcenter.skips.queries import SkipCount
from callcenter.skips.queries import SkipLine


@dataclass(frozen=True)
class Seat:
    """One operator on the floor, with the call on the line if it is one of this club, and the day's counts for it.

    `phone` (E.164) is that of the club's member on the desk, called or only looked at. `shift` are the figures of the
    whole day: who calls for several clubs has one time for all of them. `closed_to` are the running campaigns that ask
    for a certificate they lack.
    """

    operator: OperatorLine
    call: OpenCall | None
    today: DayCount
    shift: Shift
    skipped: SkipCount
    phone: str | None
    closed_to: Sequence[str] = ()


@dataclass(frozen=True)
class OperatorDay:
    """One operator's day: the seat, the orders of the club's supervisors, the newest first, the member on the desk, to
    whose desks this one could go, and whom the operator skipped.
    """

    club_id: int
    now: datetime
    seat: Seat
    orders: list[OrderLine]
    held: Held | None
    free: list[OperatorLine]
    skips: list[SkipLine]


@dataclass(frozen=True)
class Left:
    """Who of a running campaign is still to be called, by what they wait for; `closed` is why it may not call now."""

    campaign_id: int
    campaign: str
    groups: list[Group]
    closed: Reason | None

    @property
    def count(self) -> int:
        """All of them."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True)
class Floor:
    """The floor of a club. `open_count` of its `running_count` campaigns may call at this hour."""

    club_id: int
    now: datetime
    seats: list[Seat]
    waiting: Waiting
    running_count: int
    open_count: int
    lines: Mapping[str, LineHealth]

    @property
    def dead_lines(self) -> list[str]:
        """The lines over which nobody can be called now."""
        return [name for name, health in self.lines.items() if health in {LineHealth.NO_EXCHANGE, LineHealth.DOWN}]

    @property
    def at_work_count(self) -> int:
        """Operators who have not left the queue."""
        return sum(seat.operator.state is not OperatorState.OFF for seat in self.seats)

    @property
    def on_call_count(self) -> int:
        """Operators who talk with a member."""
        return sum(seat.operator.state is OperatorState.ON_CALL for seat in self.seats)

    @property
    def today(self) -> DayCount:
        """The day's counts of all operators."""
        days = [seat.today for seat in self.seats]
        return DayCount(
            sum(day.call_count for day in days),
            sum(day.complete_count for day in days),
            sum(day.rejected_count for day in days),
        )
