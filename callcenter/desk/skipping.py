"""The member on the desk is not called: they wait for somebody else. Nothing here commits."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from callcenter.calls.queries import open_calls
from callcenter.campaigns import modes
from callcenter.campaigns.models import Campaign
from callcenter.desk import acting
from callcenter.desk.errors import StaleDeskError
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue import promises
from callcenter.queue import queries as queue
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.skips.models import Skip
from callcenter.skips.models import SkipReason
from callcenter.skips.wording import CHOICES
from config.database import db
from config.errors import InvalidInputError
from config.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

log = logging.getLogger(__name__)
LONGEST_NOTE = 200
# Why an operator is off the queue who let the time to decide run out: perhaps nobody sits there.
UNDECIDED = SkipReason.UNDECIDED.value


def skip(operator_id: int, *, entry_id: int, reason: str, note: str, club_ids: Sequence[int], now: datetime) -> None:
    """Give the member on the desk back to the queue, for a reason, and take the next one.

    Raises StaleDeskError when another member is there by now, NotNowError during a call, InvalidInputError for what
    is no reason (field `reason`) and for another reason that is not told (field `skip_note`).
    """
    said = clean_text(note)[:LONGEST_NOTE]
    _ensure_reason(reason, said)
    if queue.held_by(operator_id) != entry_id:
        raise StaleDeskError(f"Operator {operator_id} does not hold entry {entry_id}.")
    acting.give_back(operator_id, now)
    _write(operator_id, entry_id, SkipReason(reason), said, now)
    # The next member begins a stay of its own.
    states.change(operator_id, OperatorState.READY, now=now)
    acting.get_ready(operator_id, club_ids=club_ids, now=now)


def run_out(operator_id: int, *, now: datetime) -> bool:
    """Give the member back when the campaign's time to decide is over; the operator leaves the queue.

    Gives whether it was done: nothing happens before the time, or when the operator has decided in this moment.
    """
    entry_id = queue.held_by(operator_id)
    if entry_id is None or not _is_over(operator_id, entry_id, now):
        return False
    # Locks the entry as a call does: one pressed in this moment is seen below, or waits for us.
    try:
        leases.extend(entry_id, operator_id=operator_id, now=now)
    except LeaseLostError:
        return False
    if open_calls([operator_id]) or not _is_over(operator_id, entry_id, now):
        return False
    leases.release(entry_id, operator_id=operator_id)
    _write(operator_id, entry_id, SkipReason.UNDECIDED, "", now)
    states.change(operator_id, OperatorState.OFF, reason=UNDECIDED, now=now)
    return True


def undecided() -> list[int]:
    """The operators who look at a member of a campaign that gives them some seconds to decide."""
    looking = (
        select(Operator.user_id)
        .join(QueueEntry, QueueEntry.operator_id == Operator.user_id)
        .join(Campaign, Campaign.id == QueueEntry.campaign_id)
        .where(Operator.state == OperatorState.PREVIEW, QueueEntry.state == EntryState.LEASED)
        .where(Campaign.decide_seconds.is_not(None))
        .order_by(Operator.user_id)
    )
    return list(db.session.scalars(looking))


def _is_over(operator_id: int, entry_id: int, now: datetime) -> bool:
    operator = operators.get(operator_id)
    seconds = modes.of(queue.get(entry_id).campaign_id).seconds_to_decide
    if operator.state is not OperatorState.PREVIEW or seconds is None:
        return False
    return now >= operator.state_since + timedelta(seconds=seconds)


def _ensure_reason(reason: str, note: str) -> None:
    if reason not in CHOICES:
        raise InvalidInputError("reason", f"{reason[:40]!r} is no reason to skip a member")
    if reason == SkipReason.OTHER and not note:
        raise InvalidInputError("skip_note", "another reason needs to be told")


def _write(operator_id: int, entry_id: int, reason: SkipReason, note: str, now: datetime) -> None:
    # Nobody else could keep a promise that stays this operator's own.
    promises.let_anybody(entry_id)
    club_id = queue.get(entry_id).club_id
    db.session.add(
        Skip(club_id=club_id, entry_id=entry_id, operator_id=operator_id, reason=reason, note=note, skipped_at=now)
    )
    db.session.flush()
    log.info("operator %s did not call entry %s: %s", operator_id, entry_id, reason)
