"""Past attempts by part of the day: of a whole club, and of single members."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from sqlalchemy import select

from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.models import Call
from callcenter.permission import dayparts
from callcenter.permission import rules
from callcenter.permission.dayparts import Part
from config.database import db

# Habits change: what is older says nothing of today.
MEMORY = timedelta(days=180)
# The newest attempts of a club are enough to know it.
MOST_OF_A_CLUB = 20_000
REACHED = frozenset(code for code, outcome in OUTCOMES.items() if outcome.is_contacted)


@dataclass(frozen=True)
class Clock:
    """The clock of a club, and the days on which its members are off."""

    zone: str
    holidays: Collection[date]

    def part(self, at: datetime) -> Part:
        """The part of the day of a moment."""
        return dayparts.part_of(at, self.zone, self.holidays)


def clock_of(club_id: int, zone: str, *, now: datetime) -> Clock:
    """The clock of a club for attempts of the past."""
    return Clock(zone, frozenset(one.day for one in rules.holidays(club_id, since=(now - MEMORY).date())))


def of_club(club_id: int, clock: Clock, *, now: datetime) -> dict[Part, tuple[int, int]]:
    """For each part of the day: how many of the club's attempts reached somebody, and how many there were."""
    rows = db.session.execute(
        select(Call.member_dialled_at, Call.disposition)
        .where(Call.club_id == club_id, Call.member_dialled_at > now - MEMORY, Call.disposition.is_not(None))
        .order_by(Call.id.desc())
        .limit(MOST_OF_A_CLUB)
    )
    counts: dict[Part, Counter[bool]] = {part: Counter() for part in Part}
    for dialled_at, disposition in rows:
        if dialled_at is not None:
            counts[clock.part(dialled_at)][disposition in REACHED] += 1
    return {part: (count[True], count.total()) for part, count in counts.items()}


def of_members(member_ids: Sequence[int], part: Part, clock: Clock, *, now: datetime) -> dict[int, Counter[bool]]:
    """How many attempts at that part of the day reached each member (True), and how many did not (False)."""
    rows = db.session.execute(
        select(Call.member_id, Call.member_dialled_at, Call.disposition).where(
            Call.member_id.in_(member_ids), Call.member_dialled_at > now - MEMORY, Call.disposition.is_not(None)
        )
    )
    counts: dict[int, Counter[bool]] = defaultdict(Counter)
    for member_id, dialled_at, disposition in rows:
        if dialled_at is not None and clock.part(dialled_at) is part:
            counts[member_id][disposition in REACHED] += 1
    return counts
