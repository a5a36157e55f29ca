"""What becomes of an entry after a call: it waits for its next time, or it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.aapor import COMPLETE
from callcenter.calls.aapor import REFUSAL
from callcenter.permission import attempts
from callcenter.permission import timing
from callcenter.permission.resting import INTERVIEWED
from callcenter.queue import promises
from callcenter.queue.endings import SO_FAR
from callcenter.queue.endings import barred
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import CALLBACK_PRIORITY
from callcenter.skills import needs
from config.database import db

# Whoever writes a row that only points to the entry (a call, a consent) need not wait for us, nor we for them.
NOT_ITS_KEY = {"key_share": True}


def record_outcome(
    entry_id: int,
    *,
    operator_id: int,
    outcome: str,
    is_attempt: bool,
    retry_at: datetime | None,
    callback_at: datetime | None = None,
    now: datetime,
) -> None:
    """Write the outcome of a call on its entry: waiting again until `retry_at`, or closed when that is None.

    Raises LeaseLostError when the entry is closed already or held by another operator; a complete interview needs
    the operator's own lease, because its seat in the quota cell goes with it.
    """
    entry = _ensure_held(entry_id, operator_id, outcome)
    entry.attempt_count += int(is_attempt)
    if callback_at is not None:
        promises.take_back(entry.member_id)
    entry.outcome, entry.callback_at = outcome, callback_at
    entry.callback_until = entry.callback_operator_id = None
    entry.leased_at = entry.lease_until = None
    if retry_at is None:
        entry.state, entry.closed_at = EntryState.CLOSED, now
    else:
        entry.state, entry.operator_id, entry.due_at, entry.rest_until = EntryState.WAITING, None, retry_at, None
        entry.priority = CALLBACK_PRIORITY if callback_at else BASE_PRIORITY
    db.session.flush()
    if retry_at is not None:
        needs.compute(QueueEntry.id == entry_id)
        if callback_at is None:
            _give_turn(entry, now)
    elif outcome in INTERVIEWED:
        _let_rest(entry.member_id, now)


def count_attempt(entry_id: int) -> None:
    """Count a call whose member is called again at once, in the same interview."""
    entry = db.session.get_one(QueueEntry, entry_id, with_for_update=NOT_ITS_KEY, populate_existing=True)
    entry.attempt_count += 1
    db.session.flush()


def close_for_do_not_call(member_ids: Sequence[int], *, now: datetime) -> int:
    """Close the waiting entries of members who asked not to be called; gives how many.

    An entry in an operator's hands is left to its call: the last check before dialling refuses it.
    """
    closed = db.session.scalars(
        update(QueueEntry)
        .where(QueueEntry.member_id.in_(member_ids), QueueEntry.state == EntryState.WAITING)
        .values(barred(REFUSAL, now))
        .returning(QueueEntry.id)
    )
    return len(closed.all())


def close_left_out(campaign_id: int, member_id: int, *, now: datetime) -> None:
    """Close the waiting entry of a member who is left out of the campaign: with the outcome so far, it is no refusal.

    An entry in an operator's hands is left to its call, as above.
    """
    db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.campaign_id == campaign_id, QueueEntry.member_id == member_id)
        .where(QueueEntry.state == EntryState.WAITING)
        .values(barred(SO_FAR, now))
        .execution_options(synchronize_session="fetch")
    )


def close_campaign(campaign_id: int, *, now: datetime) -> int:
    """Close all that waits in a campaign with the outcome so far. Gives how many."""
    closed = db.session.scalars(
        update(QueueEntry)
        .where(QueueEntry.campaign_id == campaign_id, QueueEntry.state == EntryState.WAITING)
        .values(state=EntryState.CLOSED, outcome=SO_FAR, callback_at=None, closed_at=now)
        .returning(QueueEntry.id)
        .execution_options(synchronize_session="fetch")
    )
    return len(closed.all())


def _ensure_held(entry_id: int, operator_id: int, outcome: str) -> QueueEntry:
    entry = db.session.get(QueueEntry, entry_id, with_for_update=NOT_ITS_KEY, populate_existing=True)
    if entry is not None and entry.state is EntryState.LEASED and entry.operator_id == operator_id:
        return entry
    # The lease may run out while a call is still to be judged; nobody else has the entry then.
    if entry is not None and entry.state is EntryState.WAITING and outcome != COMPLETE:
        return entry
    raise LeaseLostError(f"Entry {entry_id} is closed, or not held by operator {operator_id}.")


def _let_rest(member_id: int, now: datetime) -> None:
    """Move the member's entries in other campaigns past their rest days; a promised call stays where it is."""
    others = db.session.scalars(
        select(QueueEntry)
        .where(QueueEntry.member_id == member_id, QueueEntry.state == EntryState.WAITING)
        .where(QueueEntry.callback_at.is_(None))
    )
    for entry in others:
        _give_turn(entry, now)


def _give_turn(entry: QueueEntry, now: datetime) -> None:
    tried = attempts.of_entries([entry.id]).get(entry.id)
    unreached = tried.unreached if tried else ()
    turn = timing.turn_of(entry.member_id, entry.campaign_id, at=entry.due_at, now=now, tried=unreached)
    entry.due_at, entry.rest_until = turn.due_at, turn.rest_until
    db.session.flush()
