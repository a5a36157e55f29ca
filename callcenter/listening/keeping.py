"""The supervisors' legs as the pbx process takes them, and what became of each, written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.models import Call
from callcenter.lines.belonging import Here
from callcenter.lines.belonging import here
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from config.database import db
from config.live import publish_after_commit


@dataclass(frozen=True)
class EarLine:
    """A supervisor's leg that is wanted or there; `target` is our id of the operator's leg of the call."""

    id: int
    channel_id: str
    extension: str
    manner: Manner
    requested_at: datetime
    sent_at: datetime | None
    started_at: datetime | None
    end_requested_at: datetime | None
    target: str
    is_call_over: bool


def open_ears() -> list[EarLine]:
    """Every leg on the line of this process that has not ended, oldest first."""
    return [EarLine(*row) for row in db.session.execute(_open_on(here()))]


@cache
def _open_on(line: Here) -> Select[*tuple[Any, ...]]:
    own: list[Any] = [getattr(Listening, name) for name in list(EarLine.__dataclass_fields__)[:-2]]
    query: Select[*tuple[Any, ...]] = select(
        *own, func.coalesce(Call.leg_id, Call.channel_id), Call.ended_at.is_not(None)
    )
    rows = query.join(Call, Call.id == Listening.call_id).where(Listening.ended_at.is_(None), line.has(Call.line))
    return rows.order_by(Listening.id)


def take(listening_id: int, *, now: datetime) -> bool:
    """Mark a leg as sent, before it is. Says whether it was ours to send."""
    taken = db.session.scalar(
        update(Listening)
        .where(Listening.id == listening_id, Listening.sent_at.is_(None), Listening.ended_at.is_(None))
        .values(sent_at=now)
        .returning(Listening.id)
    )
    return taken is not None


def note_started(channel_id: str, *, now: datetime) -> None:
    """The exchange lets the supervisor hear the call."""
    row = _open(channel_id)
    if row is not None and row.started_at is None:
        row.started_at = now
        _tell(row)


def note_end(channel_id: str, *, failure: str | None = None, now: datetime) -> None:
    """The leg is gone; `failure` counts only for one that heard nothing. What has ended stays as it is."""
    row = _open(channel_id)
    if row is not None:
        row.ended_at = now
        row.failure = failure if row.started_at is None else None
        _tell(row)


def is_over(channel_id: str) -> bool:
    """Whether this leg was ours and has ended for us."""
    ended = select(Listening.id).where(Listening.channel_id == channel_id, Listening.ended_at.is_not(None))
    return db.session.scalar(ended) is not None


def _open(channel_id: str) -> Listening | None:
    return db.session.scalar(
        select(Listening).where(Listening.channel_id == channel_id, Listening.ended_at.is_(None)).with_for_update()
    )


def _tell(row: Listening) -> None:
    publish_after_commit(f"floor:{row.club_id}", {"kind": "listening"})
