"""The operator's own state and the call: what the buttons outside the interview do. Nothing here commits."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from callcenter.calls import disposing
from callcenter.calls import requesting
from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.errors import OperatorAlreadyOnCallError
from callcenter.calls.models import CallState
from callcenter.campaigns import modes
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.models import DiallingMode
from callcenter.desk import opening
from callcenter.desk import queries
from callcenter.desk import standing
from callcenter.desk.errors import NotNowError
from callcenter.desk.errors import OutOfHoursError
from callcenter.desk.errors import StaleDeskError
from callcenter.handover import queries as handovers
from callcenter.operators import obeying
from callcenter.operators import pauses
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.permission import gate
from callcenter.permission import member_hours
from callcenter.permission.reasons import out_of_hours
from callcenter.queue import claim
from callcenter.queue import leases
from callcenter.queue import queries as queue
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from config.accounts.access import Role
from config.database import db
from config.errors import ConflictError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.desk.parts import CallLine
    from callcenter.permission.reasons import Reason

log = logging.getLogger(__name__)


def get_ready(operator_id: int, *, club_ids: Sequence[int], now: datetime) -> None:
    """Take the next member of the campaigns that are open now, or wait when nobody is due.

    Who was told to pause or to leave after the call does that instead; a supervisor, who takes nobody from the queue,
    leaves the desk. Where the campaign calls at once, so does this.

    Pressed again at the preview or while waiting it changes nothing that stands. Raises NotNowError while a call is
    live or its outcome is owed.
    """
    last = queries.last_call(operator_id)
    if _is_calling_already(last):
        return
    _ensure_nothing_owed(operator_id, last)
    stands = standing.of(operator_id)
    if stands.has_order and obeying.obey(operator_id, now=now):
        return
    before = stands.operator
    if before.role is not Role.OPERATOR:
        leave(operator_id, now=now)
        return
    if stands.is_coming:
        # Their phone rings for somebody else's member.
        return
    open_ids = campaigns.open_campaign_ids(club_ids, line=before.line, operator_id=operator_id, now=now)
    entry_id = claim.claim_next(operator_id, campaign_ids=open_ids, now=now)
    is_new = before.state is not OperatorState.PREVIEW
    if entry_id is not None and is_new and _is_called_at_once(entry_id, now):
        _call_at_once(operator_id, entry_id, now)
        return
    after = OperatorState.READY if entry_id is None else OperatorState.PREVIEW
    if after is not before.state:
        states.change(operator_id, after, now=now)


def _is_calling_already(last: CallLine | None) -> bool:
    """Whether Ready was pressed a moment ago, and has begun a call that nobody has answered yet."""
    if last is None or not last.is_live or last.connected_at is not None:
        return False
    return modes.of(last.campaign_id).mode is DiallingMode.PROGRESSIVE


def _is_called_at_once(entry_id: int, now: datetime) -> bool:
    """Nobody is called by itself at an hour at which they are not to be called; there the operator decides."""
    is_progressive = modes.of_entry(entry_id).mode is DiallingMode.PROGRESSIVE
    return is_progressive and closed(entry_id, now=now) is None


def _call_at_once(operator_id: int, entry_id: int, now: datetime) -> None:
    """Whoever may not be dialled after all is let go, and the desk looks for the next one by itself."""
    try:
        with suppress(OperatorAlreadyOnCallError), db.session.begin_nested():
            requesting.request_call(entry_id, operator_id, now=now)
    except gate.REFUSED as error:
        let_go(operator_id, entry_id=entry_id, error=error, now=now)


def pause(operator_id: int, *, reason: str, now: datetime) -> None:
    """Stop taking members for a while; a member only looked at goes back.

    `reason` is a code of the house's list. Raises NotNowError during a call, InvalidInputError (field `reason`) for a
    reason that is not offered.
    """
    pauses.ensure_offered(reason)
    give_back(operator_id, now)
    if not obeying.obey(operator_id, now=now):
        states.change(operator_id, OperatorState.PAUSED, reason=reason, now=now)


def leave(operator_id: int, *, now: datetime) -> None:
    """Leave the queue; a member only looked at goes back. Raises NotNowError during a call."""
    give_back(operator_id, now)
    states.change(operator_id, OperatorState.OFF, now=now)


def call(operator_id: int, *, entry_id: int, is_wanted: bool = False, now: datetime) -> None:
    """Call the member on the desk, for the first time or again after the line broke.

    Raises StaleDeskError when another member is there by now, OutOfHoursError at an hour at which nobody is called,
    unless the operator says that it `is_wanted`, NotNowError while the operator's phone rings for somebody else's
    member, and what request_call raises.
    """
    _ensure_held(operator_id, entry_id)
    last = queries.last_call(operator_id, entry_id=entry_id)
    # Who was spoken to a moment ago, before the line broke, is called again at any hour.
    if last is None or not last.owes_outcome:
        _ensure_open(operator_id, entry_id, is_wanted=is_wanted, now=now)
    if handovers.coming_to(operator_id) is not None:
        raise NotNowError(f"The phone of operator {operator_id} rings for another member.")
    if last is not None and last.is_live:
        return
    try:
        if last is not None and last.owes_outcome:
            disposing.dispose_interrupted(last.id, now=now)
        requesting.request_call(entry_id, operator_id, now=now)
    except (AlreadyDisposedError, OperatorAlreadyOnCallError):
        # Two presses in the same moment: the other one has called this member.
        newest = queries.last_call(operator_id, entry_id=entry_id)
        if newest is None or not newest.is_live:
            raise


def closed(entry_id: int, *, now: datetime) -> Reason | None:
    """Why the member of an entry should not be called at this hour; None when they may be."""
    entry = queue.get(entry_id)
    return out_of_hours(member_hours.with_campaign(entry.campaign_id, entry.member_id, now=now), now)


def _ensure_open(operator_id: int, entry_id: int, *, is_wanted: bool, now: datetime) -> None:
    reason = closed(entry_id, now=now)
    if reason is None:
        return
    if not is_wanted:
        raise OutOfHoursError(f"Entry {entry_id} is not to be called now: {reason.kind}.")
    log.warning("operator %s calls entry %s all the same: %s", operator_id, entry_id, reason.kind)


def let_go(operator_id: int, *, entry_id: int, error: ConflictError, now: datetime) -> None:
    """Give up a member who may not be dialled for the reason in `error`, so that Ready brings the next one.

    Raises LeaseLostError when the entry is not the operator's any more.
    """
    if not gate.send_away(entry_id, operator_id, error, now=now):
        raise LeaseLostError(f"Entry {entry_id} is not held by operator {operator_id}.")
    states.change(operator_id, OperatorState.READY, now=now)


def hang_up(operator_id: int, *, call_id: int, now: datetime) -> None:
    """Ask for the end of the operator's call; harmless when it has ended. Raises StaleDeskError for another's call."""
    if queries.own_call(operator_id, call_id).is_live:
        requesting.request_hangup(call_id, now=now)


def mute(operator_id: int, *, call_id: int, is_wanted: bool, now: datetime) -> None:
    """Ask that the member hears the operator no more, or again. Raises as `hang_up`, and NotConnectedError."""
    if queries.own_call(operator_id, call_id).is_live:
        requesting.request_mute(call_id, is_wanted=is_wanted, now=now)


def hold(operator_id: int, *, call_id: int, is_wanted: bool, now: datetime) -> None:
    """Ask that the member waits with music, or is back. Raises as `hang_up`, and NotConnectedError."""
    if queries.own_call(operator_id, call_id).is_live:
        requesting.request_hold(call_id, is_wanted=is_wanted, now=now)


def begin(operator_id: int, *, call_id: int, operator_name: str, language: str, now: datetime) -> None:
    """Open the interview of an answered call. Raises NotNowError before somebody has answered."""
    line = queries.own_call(operator_id, call_id)
    if line.state is not CallState.CONNECTED and not line.owes_outcome:
        raise NotNowError(f"Nobody has answered call {call_id}.")
    if line.owes_outcome:
        opening.open_interview(line, operator_id=operator_id, operator_name=operator_name, language=language, now=now)


def keep_lease(operator_id: int, entry_id: int, *, now: datetime) -> None:
    """Hold the member for another while, because the operator is at work; a lease that is lost stays lost."""
    with suppress(LeaseLostError):
        leases.extend(entry_id, operator_id=operator_id, now=now)


def give_back(operator_id: int, now: datetime) -> None:
    """Put the member who was only looked at back into the queue. Raises NotNowError during a call."""
    entry_id = queue.held_by(operator_id)
    if entry_id is not None:
        # Locks the entry as a call does: one pressed in this moment in another tab is seen below, or waits for us.
        leases.extend(entry_id, operator_id=operator_id, now=now)
    _ensure_nothing_owed(operator_id, queries.last_call(operator_id))
    if entry_id is not None:
        leases.release(entry_id, operator_id=operator_id)


def _ensure_nothing_owed(operator_id: int, last: CallLine | None) -> None:
    if last is None:
        return
    if last.is_live:
        raise NotNowError(f"Call {last.id} is still live.")
    if last.owes_outcome and _may_be_given(operator_id, last.entry_id):
        raise NotNowError(f"Call {last.id} has no outcome yet.")


def _may_be_given(operator_id: int, entry_id: int) -> bool:
    """An outcome can no longer be given once the entry is closed or with somebody else."""
    entry = queue.get(entry_id)
    return entry.state is EntryState.WAITING or (entry.state is EntryState.LEASED and entry.operator_id == operator_id)


def _ensure_held(operator_id: int, entry_id: int) -> None:
    if queue.held_by(operator_id) != entry_id:
        raise StaleDeskError(f"Operator {operator_id} does not hold entry {entry_id}.")
