"""The calls as the pbx process takes them: which are asked for, which are on the line, which shall be hung up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.lines.belonging import Here
from callcenter.lines.belonging import here
from callcenter.permission import gate
from config.database import db

# So many are served at a look; the next look has the others.
MOST = 200


@dataclass(frozen=True)
class CallLine:
    """One call, with what is needed to dial it and to know it again. `phone` is E.164."""

    id: int
    club_id: int
    campaign_id: int
    member_id: int
    channel_id: str
    extension: str
    phone: str
    state: CallState
    requested_at: datetime
    sent_at: datetime | None
    member_dialled_at: datetime | None
    connected_at: datetime | None
    hangup_requested_at: datetime | None
    wants_mute: bool
    is_muted: bool
    wants_hold: bool
    is_on_hold: bool
    wish_at: datetime | None
    ended_at: datetime | None
    leg_id: str | None


def wanting_work() -> list[CallLine]:
    """The open calls that were not sent yet, shall be hung up, or have a wish not done yet; oldest first."""
    return _read(_wanting(here()))


def on_the_line() -> list[CallLine]:
    """The open calls that were sent to the exchange, oldest first."""
    return _read(_open(here()).where(Call.sent_at.is_not(None)))


def find(channel_id: str) -> CallLine | None:
    """The call with this channel id, open or ended."""
    lines = _read(_on(here()).where(Call.channel_id == channel_id))
    return lines[0] if lines else None


def is_still_allowed(call: CallLine) -> bool:
    """Whether the member may be dialled at this number now: much can be said between the press and the dialling."""
    try:
        return gate.number_to_dial(call.club_id, call.member_id, call.campaign_id) == call.phone
    except gate.BARRED:
        return False


def take(call_id: int, *, now: datetime) -> bool:
    """Mark a requested call as sent, before it is: a crash in between loses the call, but never dials twice.

    Says whether it was ours to send; two processes cannot take the same call.
    """
    taken = db.session.scalar(
        update(Call)
        .where(Call.id == call_id, Call.state == CallState.REQUESTED, Call.hangup_requested_at.is_(None))
        .values(state=CallState.DIALLING, sent_at=now)
        .returning(Call.id)
    )
    return taken is not None


# Made once for a line: what is asked every second costs more to write than to answer.
@cache
def _wanting(line: Here) -> Select[Any]:
    is_wanting = (Call.state == CallState.REQUESTED) | Call.hangup_requested_at.is_not(None)
    is_wanting |= (Call.wants_mute != Call.is_muted) | (Call.wants_hold != Call.is_on_hold)
    return _open(line).where(is_wanting).limit(MOST)


@cache
def _open(line: Here) -> Select[Any]:
    return _on(line).where(Call.ended_at.is_(None)).order_by(Call.id)


@cache
def _on(line: Here) -> Select[Any]:
    return select(*(getattr(Call, name) for name in CallLine.__dataclass_fields__)).where(line.has(Call.line))


def _read(query: Select[Any]) -> list[CallLine]:
    return [CallLine(*row) for row in db.session.execute(query)]
