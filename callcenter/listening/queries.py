"""What a supervisor sees of listening: their own phone, the call they are on, and who was on which call today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect
from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.calls.models import Call
from callcenter.handover.models import Handover
from callcenter.listening import phones
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from config.accounts.models import User
from config.database import db


@dataclass(frozen=True)
class ListeningLine:
    """One time a supervisor was on a call; without `started_at` they did not hear it (yet)."""

    id: int
    call_id: int
    supervisor_id: int
    supervisor: str
    operator: str
    manner: Manner
    requested_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    failure: str | None


@dataclass(frozen=True)
class Board:
    """Listening for one supervisor: their phone, their own open row, and all rows of the club's day, newest first."""

    phone: str | None
    own: ListeningLine | None
    today: list[ListeningLine]


def board(club_id: int, supervisor_id: int, *, since: datetime) -> Board:
    """The board of a club from `since` on, and whatever is still open."""
    operator = aliased(User)
    columns: list[Any] = [getattr(Listening, name) for name in ("id", "call_id", "supervisor_id")]
    times: list[Any] = [
        getattr(Listening, name) for name in ("manner", "requested_at", "started_at", "ended_at", "failure")
    ]
    query: Select[*tuple[Any, ...]] = select(*columns, User.name, operator.name, *times)
    rows = db.session.execute(
        query.join(User, User.id == Listening.supervisor_id)
        .join(Call, Call.id == Listening.call_id)
        .join(operator, operator.id == func.coalesce(_talked_then(), Call.operator_id))
        .where(Listening.club_id == club_id, (Listening.requested_at >= since) | Listening.ended_at.is_(None))
        .order_by(Listening.id.desc())
    )
    lines = [ListeningLine(*row) for row in rows]
    own = [line for line in lines if line.supervisor_id == supervisor_id and line.ended_at is None]
    return Board(phones.of(supervisor_id), own[0] if own else None, lines)


def _talked_then() -> ScalarSelect[int]:
    """Who had the call when the supervisor came to it, if it went to another desk afterwards."""
    return (
        select(Handover.from_id)
        .where(Handover.call_id == Listening.call_id, Handover.done_at > Listening.requested_at)
        .order_by(Handover.done_at, Handover.id)
        .limit(1)
        .correlate(Listening)
        .scalar_subquery()
    )
