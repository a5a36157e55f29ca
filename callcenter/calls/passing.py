"""A call that is owed its outcome goes to another operator. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.models import Call
from callcenter.calls.models import CallEvent
from callcenter.operators import queries as operators
from config.database import db


def pass_on(call_id: int, *, to_id: int, leg_id: str | None = None, now: datetime) -> None:
    """Make the call the operator's of that id: its outcome is theirs to give. Raises AlreadyDisposedError.

    `leg_id` is their leg in a live call, in which nobody is muted or on hold then.
    """
    call = db.session.get_one(Call, call_id, with_for_update=True, populate_existing=True)
    if call.disposition is not None:
        raise AlreadyDisposedError(call_id, call.disposition)
    facts = {"from": call.operator_id, "to": to_id}
    call.operator_id, call.extension, call.passed_at = to_id, operators.get(to_id).extension, now
    if leg_id is not None:
        call.leg_id = leg_id
        call.wants_mute = call.is_muted = call.wants_hold = call.is_on_hold = call.has_wish_failed = False
    db.session.add(CallEvent(club_id=call.club_id, call_id=call_id, kind="PassedOn", payload=facts, at=now))
    db.session.flush()
