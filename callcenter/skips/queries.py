"""Who skipped whom: for the claim, and for the floor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from sqlalchemy import BindParameter
from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select

from callcenter.skips.models import Skip
from callcenter.skips.models import SkipReason
from config.database import db

# For so long a member is not handed again to the operator who skipped them.
NOT_AGAIN = timedelta(minutes=30)


@dataclass(frozen=True)
class SkipCount:
    """How many members an operator skipped; of those, for how many the time to decide ran out."""

    count: int = 0
    undecided_count: int = 0


@dataclass(frozen=True)
class SkipLine:
    """One skipped member, as the supervisor reads it."""

    reason: SkipReason
    note: str
    skipped_at: datetime


def lately_by(operator_id: int | BindParameter[int], *, since: datetime | BindParameter[datetime]) -> Select[int]:
    """The entries an operator skipped after `since` (lately: now less NOT_AGAIN), to stand inside another query."""
    return select(Skip.entry_id).where(Skip.operator_id == operator_id, Skip.skipped_at > since)


def day_counts(club_id: int, *, since: datetime) -> dict[int, SkipCount]:
    """How many members of the club each operator skipped from `since` on; who skipped nobody is not in it."""
    rows = db.session.execute(
        select(Skip.operator_id, func.count(), func.count().filter(Skip.reason == SkipReason.UNDECIDED))
        .where(Skip.club_id == club_id, Skip.skipped_at >= since)
        .group_by(Skip.operator_id)
    )
    return {operator_id: SkipCount(total, undecided) for operator_id, total, undecided in rows}


def of_operator(club_id: int, operator_id: int, *, since: datetime) -> list[SkipLine]:
    """The members of the club whom an operator skipped from `since` on, the newest first."""
    rows = db.session.execute(
        select(Skip.reason, Skip.note, Skip.skipped_at)
        .where(Skip.club_id == club_id, Skip.operator_id == operator_id, Skip.skipped_at >= since)
        .order_by(Skip.id.desc())
    )
    return [SkipLine(*row) for row in rows]
