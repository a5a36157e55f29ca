"""How long members are left in peace, from what stands in the queue and in the calls."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from datetime import timedelta

from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls.aapor import COMPLETE
from callcenter.calls.aapor import PARTIAL
from callcenter.calls.models import Call
from callcenter.permission import fatigue
from callcenter.permission.fatigue import WEEK
from callcenter.permission.fatigue import Rest
from callcenter.permission.rules import MOST_INTERVIEW_DAYS
from callcenter.permission.rules import Rules
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db

INTERVIEWED = frozenset({COMPLETE, PARTIAL})
# No rule and no campaign gives a longer rest after an interview.
LONGEST_REST = timedelta(days=MOST_INTERVIEW_DAYS)


def rests_of(member_id: int, *, rules: Rules, rest_days: int, now: datetime) -> list[Rest]:
    """Every reason to leave one member in peace; `rest_days` are those of the campaign that would call."""
    interviewed_at = db.session.scalar(
        select(func.max(QueueEntry.closed_at)).where(
            QueueEntry.member_id == member_id,
            QueueEntry.state == EntryState.CLOSED,
            QueueEntry.outcome.in_(INTERVIEWED),
        )
    )
    rang_at = db.session.scalars(
        select(Call.member_dialled_at)
        .where(Call.member_id == member_id, Call.member_dialled_at > now - WEEK)
        .order_by(Call.member_dialled_at.desc())
        .limit(rules.weekly_attempts)
    )
    return fatigue.rests(
        interviewed_at=interviewed_at,
        interview_days=max(rules.interview_days, rest_days),
        rang_at=[at for at in rang_at if at is not None],
        weekly_attempts=rules.weekly_attempts,
        now=now,
    )


def rang_too_often(first_id: int, last_id: int, *, rules: Rules, now: datetime) -> dict[int, datetime]:
    """Until when those of the members from `first_id` to `last_id` whose phones rang too often are left in peace."""
    often = (
        select(Call.member_id)
        .where(Call.member_id.between(first_id, last_id), Call.member_dialled_at > now - WEEK)
        .group_by(Call.member_id)
        .having(func.count() >= rules.weekly_attempts)
    )
    rang: dict[int, list[datetime]] = defaultdict(list)
    rows = db.session.execute(
        select(Call.member_id, Call.member_dialled_at).where(
            Call.member_id.in_(often), Call.member_dialled_at > now - WEEK
        )
    )
    for member_id, at in rows:
        if at is not None:
            rang[member_id].append(at)
    ends = {
        member_id: fatigue.rests(
            interviewed_at=None,
            interview_days=0,
            rang_at=times,
            weekly_attempts=rules.weekly_attempts,
            now=now,
        )
        for member_id, times in rang.items()
    }
    return {member_id: rests[0].until for member_id, rests in ends.items() if rests}
