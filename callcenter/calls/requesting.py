"""Asking for a call and for its end. The pbx process does it; nothing here waits for the line."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.calls.errors import CallEndedError
from callcenter.calls.errors import NotConnectedError
from callcenter.calls.errors import OperatorAlreadyOnCallError
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.lines.belonging import known
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.permission.gate import ensure_rested
from callcenter.permission.gate import number_to_call
from callcenter.queue import leases
from callcenter.queue import queries as queue
from callcenter.queue.models import QueueEntry
from callcenter.queue.queries import EntryLine
from config.database import add_if_new
from config.database import db
from config.errors import NotFoundError
from config.live import wake_after_commit

CHANNEL_PREFIX = "hamseda-"


def request_call(entry_id: int, operator_id: int, *, now: datetime) -> int:
    """Ask for a call to the member of an entry the operator holds; returns the call's id.

    Raises LeaseLostError when the entry is not the operator's, OperatorAlreadyOnCallError when they have an open
    call, DoNotCallError, LeftOutError or NoConsentError when the member may not be dialled (any more), and RestingError
    when the club's rules leave them in peace: unless they asked for this call, or were just cut off.
    """
    leases.extend(entry_id, operator_id=operator_id, now=now)
    entry = queue.get(entry_id)
    _ensure_no_open_call(operator_id)
    phone, may_have_to_rest = number_to_call(entry_id, now=now)
    if may_have_to_rest and entry.callback_at is None and not _was_spoken_to(entry_id):
        ensure_rested(entry.club_id, entry.member_id, entry.campaign_id, now=now)
    call_id = _insert(entry, operator_id, phone, now)
    states.change(operator_id, OperatorState.DIALLING, now=now)
    wake_after_commit("pbx")
    return call_id


def request_hangup(call_id: int, *, now: datetime) -> None:
    """Ask for the end of a call; asking twice is harmless. Raises NotFoundError, or CallEndedError when it is over."""
    call = _open_call(call_id)
    call.hangup_requested_at = call.hangup_requested_at or now
    wake_after_commit("pbx")


def request_mute(call_id: int, *, is_wanted: bool, now: datetime) -> None:
    """Ask that the member hears the operator no more, or again. Raises as `request_hangup`, and NotConnectedError."""
    call = _connected_call(call_id)
    call.wants_mute = is_wanted
    _wish(call, now)


def request_hold(call_id: int, *, is_wanted: bool, now: datetime) -> None:
    """Ask that the member waits with music, or is back. Raises as `request_hangup`, and NotConnectedError."""
    call = _connected_call(call_id)
    call.wants_hold = is_wanted
    _wish(call, now)


def _wish(call: Call, now: datetime) -> None:
    call.wish_at = now
    call.has_wish_failed = False
    wake_after_commit("pbx")


def _connected_call(call_id: int) -> Call:
    call = _open_call(call_id)
    if call.state is not CallState.CONNECTED:
        raise NotConnectedError(f"Nobody has answered call {call_id} yet.")
    return call


def _open_call(call_id: int) -> Call:
    call = db.session.get(Call, call_id)
    if call is None:
        raise NotFoundError(f"There is no call {call_id}.")
    if call.ended_at is not None:
        raise CallEndedError(f"Call {call_id} has ended.")
    return call


def _ensure_no_open_call(operator_id: int) -> None:
    open_call = select(Call.id).where(Call.operator_id == operator_id, Call.ended_at.is_(None))
    if db.session.scalar(open_call) is not None:
        raise OperatorAlreadyOnCallError(f"Operator {operator_id} has a call already.")


def _was_spoken_to(entry_id: int) -> bool:
    """Whether the member answered since the entry was handed out: then the line broke, and this goes on."""
    answered = exists().where(
        QueueEntry.id == entry_id,
        Call.entry_id == entry_id,
        Call.connected_at.is_not(None),
        Call.requested_at >= QueueEntry.leased_at,
    )
    return bool(db.session.scalar(select(answered)))


def _insert(entry: EntryLine, operator_id: int, phone: str, now: datetime) -> int:
    operator = operators.get(operator_id)
    call = Call(
        club_id=entry.club_id,
        campaign_id=entry.campaign_id,
        entry_id=entry.id,
        member_id=entry.member_id,
        operator_id=operator_id,
        phone=phone,
        extension=operator.extension,
        line=known(operator.line),
        channel_id=CHANNEL_PREFIX + secrets.token_hex(16),
        requested_at=now,
    )
    if not add_if_new(call):
        # Two presses in the same moment: the database lets one through.
        raise OperatorAlreadyOnCallError(f"Operator {operator_id} or entry {entry.id} has a call already.")
    return call.id
