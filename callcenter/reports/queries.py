"""How many of the members called were reached and answered."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from sqlalchemy import case
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select

from callcenter.calls import aapor
from callcenter.calls.models import Call
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from surveys.interviews.counting import left_out_entries

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy import Select


@dataclass(frozen=True)
class Reach:
    """What came of the members of a period: one outcome code each, and the calls it took.

    `by_code` counts members by AAPOR code; `dialled` members were called at least once, `attempts` times in all.
    """

    by_code: dict[str, int] = field(default_factory=dict)
    dialled: int = 0
    attempts: int = 0

    @property
    def symbols(self) -> dict[aapor.Symbol, float]:
        """The counts by AAPOR symbol."""
        return aapor.count_by_symbol(self.by_code)

    @property
    def rates(self) -> aapor.Rates:
        """The outcome rates of these counts."""
        return aapor.rates(self.symbols)

    @property
    def completed(self) -> int:
        """Members who answered to the end (I)."""
        return self._of(aapor.Symbol.COMPLETE)

    @property
    def called(self) -> int:
        """The base of RR1: every member but those found not eligible."""
        return sum(self.by_code.values()) - self._of(aapor.Symbol.NOT_ELIGIBLE)

    @property
    def spoken_to(self) -> int:
        """The base of COOP1: members with whom somebody spoke (I + P + R + O)."""
        return sum(self._of(symbol) for symbol in aapor.CONTACTED)

    @property
    def average_attempts(self) -> float | None:
        """Calls for each member called; None when nobody was."""
        return self.attempts / self.dialled if self.dialled else None

    def _of(self, symbol: aapor.Symbol) -> int:
        return int(self.symbols[symbol])


def reach(club_id: int, *, since: datetime, until: datetime, members: Select[int] | None = None) -> Reach:
    """Count the club's queue entries that belong to the period `since` <= t < `until`, by outcome.

    An entry belongs to the period in which it was closed; while it is open, to the one of its latest call. So each
    member of a campaign is counted once, and a call in progress not before it has an outcome. Whose interview was left
    out after a review was reached and is no complete: 2.36. `members` is a select of member ids that narrows the count.
    """
    is_left_out = (QueueEntry.outcome == aapor.COMPLETE) & QueueEntry.id.in_(left_out_entries(club_id))
    outcome = case((is_left_out, aapor.MISCELLANEOUS), else_=QueueEntry.outcome).label("code")
    query = (
        select(
            outcome,
            func.count(),
            func.count().filter(QueueEntry.attempt_count > 0),
            func.coalesce(func.sum(QueueEntry.attempt_count), 0),
        )
        .where(QueueEntry.club_id == club_id, QueueEntry.outcome.is_not(None), _belongs(since, until))
        .group_by("code")
    )
    if members is not None:
        query = query.where(QueueEntry.member_id.in_(members))
    rows = db.session.execute(query).all()
    return Reach(
        by_code={str(code): count for code, count, _, _ in rows},
        dialled=sum(dialled for _, _, dialled, _ in rows),
        attempts=sum(int(attempts) for *_, attempts in rows),
    )


def _belongs(since: datetime, until: datetime) -> ColumnElement[bool]:
    is_closed = QueueEntry.state == EntryState.CLOSED
    dialled_in = exists().where(
        Call.entry_id == QueueEntry.id, Call.member_dialled_at >= since, Call.member_dialled_at < until
    )
    dialled_later = exists().where(Call.entry_id == QueueEntry.id, Call.member_dialled_at >= until)
    return or_(
        is_closed & (QueueEntry.closed_at >= since) & (QueueEntry.closed_at < until),
        ~is_closed & dialled_in & ~dialled_later,
    )
