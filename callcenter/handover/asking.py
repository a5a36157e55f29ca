"""Asking that a live call goes to another desk, and taking that back. The pbx process does it; nothing here waits."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from callcenter.calls import requesting
from callcenter.calls.models import CallState
from callcenter.desk import queries as desk
from callcenter.desk.parts import CallLine
from callcenter.handover import desks
from callcenter.handover import telling
from callcenter.handover.errors import AlreadyHandedOverError
from callcenter.handover.errors import CallInTheMakingError
from callcenter.handover.errors import NothingToHandOverError
from callcenter.handover.models import Handover
from callcenter.operators import queries as operators
from callcenter.telephony.port import HAND_PREFIX
from config.database import db


def offer(operator_id: int, *, call_id: int, to_id: int, now: datetime) -> None:
    """The operator wants a supervisor to take their live call: the member waits, and the supervisor's phone rings.

    Raises NotFoundError for anybody but a supervisor of the club with a phone, DeskTakenError, AlreadyHandedOverError,
    NotConnectedError, CallEndedError, StaleDeskError for another's call.
    """
    call = desk.own_call(operator_id, call_id)
    desks.ensure_supervisor(call.club_id, to_id)
    desks.open_for(to_id, giver_id=operator_id, now=now)
    requesting.request_hold(call_id, is_wanted=True, now=now)
    ask(call, operator_id, to_id=to_id, given_by=operator_id, is_attended=True, now=now)


def ask(call: CallLine, from_id: int, *, to_id: int, given_by: int, is_attended: bool = False, now: datetime) -> None:
    """Have the taker's phone rung for a live call. Raises CallInTheMakingError, AlreadyHandedOverError."""
    if call.state is not CallState.CONNECTED:
        raise CallInTheMakingError(f"Nobody has answered call {call.id}.")
    row = Handover(
        club_id=call.club_id, entry_id=call.entry_id, call_id=call.id, from_id=from_id, to_id=to_id, given_by=given_by,
        is_attended=is_attended, channel_id=HAND_PREFIX + secrets.token_hex(12),
        extension=operators.get(to_id).extension, asked_at=now, confirmed_at=None if is_attended else now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise AlreadyHandedOverError(f"Call {call.id} or operator {to_id} is being handed over already.") from None
    telling.tell(row, wakes=True)


def confirm(operator_id: int, *, now: datetime) -> None:
    """The two have talked: join the member with the taker. Raises NothingToHandOverError before an answer."""
    row = _going_from(operator_id)
    if row.answered_at is None:
        raise NothingToHandOverError(f"Nobody has answered hand-over {row.id}.")
    row.confirmed_at = row.confirmed_at or now
    telling.tell(row, wakes=True)


def take_back(operator_id: int, *, now: datetime) -> None:
    """The operator keeps the member; twice is harmless. Raises NothingToHandOverError once it was confirmed."""
    row = _going_from(operator_id)
    if row.confirmed_at is not None:
        raise NothingToHandOverError(f"Hand-over {row.id} is confirmed.")
    row.cancel_requested_at = row.cancel_requested_at or now
    telling.tell(row, wakes=True)


def _going_from(operator_id: int) -> Handover:
    """The operator's own hand-over that is on its way; one that a supervisor wants is not theirs to stop."""
    row = db.session.scalar(
        select(Handover)
        .where(Handover.from_id == operator_id, Handover.given_by == operator_id, Handover.ended_at.is_(None))
        .with_for_update()
    )
    if row is None:
        raise NothingToHandOverError(f"Operator {operator_id} hands nobody over.")
    return row
