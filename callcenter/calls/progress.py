"""What the line did, written down: on the call, in its log, to the operator's state and to the screens."""

from __future__ import annotations

import logging
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import insert
from sqlalchemy import select

from callcenter.calls import locking
from callcenter.calls.disposing import dispose_from_line
from callcenter.calls.models import Call
from callcenter.calls.models import CallEvent
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.telephony.tracker import FINAL
from callcenter.telephony.tracker import Ending
from callcenter.telephony.tracker import ending
from config.database import db
from config.errors import HamsedaError
from config.live import publish_after_commit
from config.statements import run_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.calls.failures import Failure
    from callcenter.telephony.messages import CallMessage
    from callcenter.telephony.tracker import Track

    # A message of the line and when it came.
    Told = tuple[CallMessage, datetime]

log = logging.getLogger(__name__)

# Written once: the line tells some ten things of every call.
LOCKED = select(Call).where(Call.id == bindparam("call")).with_for_update().execution_options(populate_existing=True)
LOG = insert(CallEvent).values({name: bindparam(name) for name in ("club_id", "call_id", "kind", "payload", "at")})


def record(call_id: int, track: Track, *, told: Sequence[Told], now: datetime) -> None:
    """Bring a call up to what the tracker knows; `told` are the messages behind it, for the call's log.

    A call that has ended stays as it is. Screens hear of a new state after the commit.
    """
    # The end of a call moves its entry, which is locked first.
    call = locking.call(call_id) if track.state in FINAL else _locked(call_id)
    if call is None or call.ended_at is not None:
        return
    for message, came_at in told:
        _log(call, type(message).__name__, asdict(message), came_at)
    before = _shown(call)
    # A track taken over from another process may know less than the row.
    call.state = max(call.state, track.state, key=list(CallState).index)
    if track.is_member_dialled:
        call.member_dialled_at = call.member_dialled_at or now
    if track.is_answered and call.connected_at is None:
        call.connected_at = now
        states.follow_line(call.operator_id, OperatorState.ON_CALL, now=now)
    call.is_muted, call.is_on_hold = track.is_muted, track.is_on_hold
    if track.state in FINAL:
        _end(call, ending(track), now)
    if _shown(call) != before:
        _publish(call)


def _shown(call: Call) -> tuple[object, ...]:
    return call.state, call.is_muted, call.is_on_hold


def fail(call_id: int, failure: Failure, *, now: datetime) -> None:
    """End a call that never came on the line, for the reason given."""
    _end_unsent(call_id, CallState.FAILED, Ending(LineStatus.FAILED, None, failure), now)


def cancel(call_id: int, *, now: datetime) -> None:
    """End a call that was hung up before it was sent to the exchange."""
    _end_unsent(call_id, CallState.ENDED, Ending(LineStatus.NOT_DIALLED, None), now)


def drop_wishes(call_id: int, *, why: str, now: datetime) -> None:
    """Take back what the operator wished of the line and it did not do, and say so on the screen."""
    call = _locked(call_id)
    if call is None or call.ended_at is not None:
        return
    _log(call, "WishFailed", {"wants_mute": call.wants_mute, "wants_hold": call.wants_hold, "why": why}, now)
    call.wants_mute, call.wants_hold = call.is_muted, call.is_on_hold
    call.has_wish_failed = True
    _publish(call)


def note_sent(call_id: int, *, now: datetime) -> None:
    """Write into the log that the call goes to the exchange now, and tell the screens."""
    call = db.session.get_one(Call, call_id)
    _log(call, "Sent", {}, now)
    _publish(call)


def _end_unsent(call_id: int, state: CallState, how: Ending, now: datetime) -> None:
    call = locking.call(call_id)
    if call is None or call.ended_at is not None:
        return
    call.state = state
    _end(call, how, now)
    _publish(call)


def _end(call: Call, how: Ending, now: datetime) -> None:
    call.line_status = how.status
    call.hangup_cause = how.cause
    call.failure = how.failure
    call.ended_at = now
    _log(call, "Ended", {"status": how.status, "cause": how.cause, "failure": how.failure}, now)
    # A member who was not dialled stays on the operator's screen, to try again at once.
    was_dialled = call.member_dialled_at is not None
    after = OperatorState.WRAP_UP if was_dialled else OperatorState.PREVIEW
    states.follow_line(call.operator_id, after, now=now)
    db.session.flush()
    if call.connected_at is None:
        _dispose(call.id, now)


def _dispose(call_id: int, now: datetime) -> None:
    # A refusal (the lease ran out, the entry was closed) must not keep the call open for ever.
    try:
        with db.session.begin_nested():
            dispose_from_line(call_id, now=now)
    except HamsedaError as error:
        log.warning("call %s ended without a disposition: %s", call_id, error)


def _locked(call_id: int) -> Call | None:
    return db.session.scalars(LOCKED, {"call": call_id}).one_or_none()


def _log(call: Call, kind: str, payload: dict[str, Any], now: datetime) -> None:
    run_plain(LOG, {"club_id": call.club_id, "call_id": call.id, "kind": kind, "payload": payload, "at": now})


def _publish(call: Call) -> None:
    news = {
        "kind": "call",
        "call_id": call.id,
        "entry_id": call.entry_id,
        "operator_id": call.operator_id,
        "state": call.state,
        "line_status": call.line_status,
        "failure": call.failure,
    }
    publish_after_commit(f"operator:{call.operator_id}", news)
    publish_after_commit(f"floor:{call.club_id}", news)
