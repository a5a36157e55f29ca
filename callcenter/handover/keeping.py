"""The takers' legs as the pbx process takes them, and what became of each, written down. Nothing here commits."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy import func
from sqlalchemy import select

from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.handover import desks
from callcenter.handover import moving
from callcenter.handover import telling
from callcenter.handover.models import Handover
from callcenter.lines.belonging import Here
from callcenter.lines.belonging import here
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leaving
from callcenter.queue import queries as queue
from config.database import db

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HandLine:
    """A live call on its way to another desk; `giver_leg` is our id of the operator's leg that the call has now."""

    id: int
    call_id: int
    channel_id: str
    extension: str
    to_id: int
    is_attended: bool
    asked_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    confirmed_at: datetime | None
    cancel_requested_at: datetime | None
    call_channel_id: str
    giver_leg: str
    is_on_hold: bool
    is_call_over: bool


def open_hands() -> list[HandLine]:
    """Every live call on the line of this process that is on its way, oldest first."""
    return [HandLine(*row) for row in db.session.execute(_open_on(here()))]


@cache
def _open_on(line: Here) -> Select[*tuple[Any, ...]]:
    own: list[Any] = [getattr(Handover, name) for name in list(HandLine.__dataclass_fields__)[:-4]]
    of_call: list[Any] = [
        Call.channel_id, func.coalesce(Call.leg_id, Call.channel_id), Call.is_on_hold, Call.ended_at.is_not(None)
    ]  # fmt: skip
    query: Select[*tuple[Any, ...]] = select(*own, *of_call)
    rows = query.join(Call, Call.id == Handover.call_id).where(Handover.ended_at.is_(None), line.has(Call.line))
    return rows.order_by(Handover.id)


def take(handover_id: int, *, now: datetime) -> bool:
    """Mark a leg as sent, before it is. Says whether it was ours to send: not to a desk that is taken by now."""
    row = db.session.get_one(Handover, handover_id, with_for_update=True, populate_existing=True)
    if row.ended_at is not None or row.sent_at is not None:
        return False
    if desks.has_somebody(row.to_id):
        _end(row, "desk_taken", now)
        return False
    row.sent_at = now
    telling.tell(row)
    return True


def note_answered(channel_id: str, *, now: datetime) -> None:
    """The taker has picked up."""
    row = _open(channel_id)
    if row is not None and row.answered_at is None:
        row.answered_at = now
        telling.tell(row, wakes=True)


def note_end(channel_id: str, *, failure: str, now: datetime) -> None:
    """It came to nothing: the member stays with the giver. What has ended stays as it is.

    Who has taken it back is together with the member at once; after anything else the member waits until the giver
    says so.
    """
    row = _open(channel_id)
    if row is None:
        return
    _end(row, "taken_back" if row.cancel_requested_at is not None else failure, now)
    call = db.session.get_one(Call, row.call_id, populate_existing=True)
    if row.cancel_requested_at is not None and call.ended_at is None and call.wants_hold:
        requesting.request_hold(call.id, is_wanted=False, now=now)


def complete(channel_id: str, *, now: datetime) -> None:
    """Taker and member hear each other: entry, call and interview are the taker's."""
    row = _open(channel_id)
    if row is None:
        return
    kept = queue.held_by(row.to_id)
    if kept is not None and kept != row.entry_id:
        # Came to the desk in the moment in which the phone was rung.
        leaving.take_back(row.to_id, now=now)
    moving.move(row.entry_id, row.call_id, from_id=row.from_id, to_id=row.to_id, leg_id=channel_id, now=now)
    states.change(row.to_id, OperatorState.ON_CALL, now=now)
    row.done_at = row.ended_at = now
    db.session.flush()
    telling.tell(row)
    log.info("call %s went from operator %s to %s", row.call_id, row.from_id, row.to_id)


def left_behind(leg_ids: Collection[str]) -> list[str]:
    """Of these legs of operators, those that their call has no more use for: it has another one, or has ended."""
    replaced = select(Call.channel_id).where(Call.channel_id.in_(leg_ids), Call.leg_id.is_not(None))
    gone = (
        select(Handover.channel_id)
        .join(Call, Call.id == Handover.call_id)
        .where(Handover.channel_id.in_(leg_ids), Handover.ended_at.is_not(None))
        .where((Call.leg_id != Handover.channel_id) | Call.leg_id.is_(None) | Call.ended_at.is_not(None))
    )
    return [*db.session.scalars(replaced), *(leg for leg in db.session.scalars(gone) if leg is not None)]


def _end(row: Handover, failure: str, now: datetime) -> None:
    row.ended_at, row.failure = now, failure
    db.session.flush()
    telling.tell(row)


def _open(channel_id: str) -> Handover | None:
    return db.session.scalar(
        select(Handover).where(Handover.channel_id == channel_id, Handover.ended_at.is_(None)).with_for_update()
    )
