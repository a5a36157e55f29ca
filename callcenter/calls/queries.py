"""The calls as the supervisor sees them: the day's counts, and what each operator has on the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.aapor import COMPLETE
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from config.database import db
from surveys.interviews.counting import is_left_out


@dataclass(frozen=True)
class DayCount:
    """An operator's calls of a day: those in which a member's line was dialled, and the complete interviews.

    Of these count those that no review rejected; `rejected_count` are the others.
    """

    call_count: int = 0
    complete_count: int = 0
    rejected_count: int = 0


@dataclass(frozen=True)
class OpenCall:
    """A call on the line; `phone` is E.164."""

    id: int
    operator_id: int
    member_id: int
    club_id: int
    phone: str
    state: CallState
    requested_at: datetime
    connected_at: datetime | None
    is_on_hold: bool


def day_counts(club_id: int, *, since: datetime) -> dict[int, DayCount]:
    """Each operator's counts for the club from `since` on; who made no call is not in it."""
    is_rejected = is_left_out(Call.entry_id)
    rows = db.session.execute(
        select(
            Call.operator_id,
            func.count(),
            func.count().filter(Call.disposition == COMPLETE, ~is_rejected),
            func.count().filter(Call.disposition == COMPLETE, is_rejected),
        )
        .where(Call.club_id == club_id, Call.requested_at >= since, Call.member_dialled_at.is_not(None))
        .group_by(Call.operator_id)
    )
    return {operator_id: DayCount(*counts) for operator_id, *counts in rows}


def dialled_counts(operator_ids: Sequence[int], *, since: datetime) -> dict[int, int]:
    """In how many calls from `since` on each operator dialled a member, for whatever club."""
    counts = db.session.execute(
        select(Call.operator_id, func.count())
        .where(Call.operator_id.in_(operator_ids), Call.requested_at >= since, Call.member_dialled_at.is_not(None))
        .group_by(Call.operator_id)
    )
    return {row[0]: row[1] for row in counts}


def open_calls(operator_ids: Sequence[int]) -> dict[int, OpenCall]:
    """What these operators have on the line now."""
    columns = [getattr(Call, name) for name in OpenCall.__dataclass_fields__]
    rows = db.session.execute(select(*columns).where(Call.operator_id.in_(operator_ids), Call.ended_at.is_(None)))
    return {row.operator_id: OpenCall(*row) for row in rows}
