"""Leases: how long an operator holds an entry. Answers belong to the response and are never touched here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta

from sqlalchemy import exists
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.models import Call
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db

LEASE = timedelta(minutes=15)


def extend(entry_id: int, *, operator_id: int, now: datetime) -> None:
    """Give the operator the whole lease again, from now. Raises LeaseLostError when it is not theirs any more."""
    _change(entry_id, operator_id, {"lease_until": now + LEASE})


def pass_on(entry_id: int, *, operator_id: int, to_id: int, now: datetime) -> None:
    """Give the entry to another operator, with a whole lease. Raises LeaseLostError when it is not the first one's.

    When it was handed out stays, so that who spoke with the member since may still call them back.
    """
    _change(entry_id, operator_id, {"operator_id": to_id, "lease_until": now + LEASE})


def release(entry_id: int, *, operator_id: int) -> None:
    """Put an entry back as it was before it was claimed. Raises LeaseLostError when it is not the operator's."""
    freed = {"state": EntryState.WAITING, "operator_id": None, "leased_at": None, "lease_until": None}
    _change(entry_id, operator_id, freed)


def expired(now: datetime, *, limit: int = 100) -> list[tuple[int, int]]:
    """The (entry, operator) pairs whose lease ran out; an entry with an open call is still being worked on."""
    has_open_call = exists().where(Call.entry_id == QueueEntry.id, Call.ended_at.is_(None))
    rows = db.session.execute(
        select(QueueEntry.id, QueueEntry.operator_id)
        .where(QueueEntry.state == EntryState.LEASED, QueueEntry.lease_until < now, ~has_open_call)
        .order_by(QueueEntry.lease_until)
        .limit(limit)
    )
    return [(entry_id, operator_id) for entry_id, operator_id in rows if operator_id is not None]


def ensure_expired(entry_id: int, *, now: datetime) -> None:
    """Lock the entry if its lease ran out. Raises LeaseLostError when it was extended or given back meanwhile."""
    locked = db.session.scalar(
        select(QueueEntry.id)
        .where(QueueEntry.id == entry_id, QueueEntry.state == EntryState.LEASED, QueueEntry.lease_until < now)
        .with_for_update(key_share=True)
    )
    if locked is None:
        raise LeaseLostError(f"The lease of entry {entry_id} has not run out.")


def _change(entry_id: int, operator_id: int, values: Mapping[str, object]) -> None:
    changed = db.session.scalar(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id, QueueEntry.state == EntryState.LEASED, QueueEntry.operator_id == operator_id)
        .values(values)
        .returning(QueueEntry.id)
    )
    if changed is None:
        raise LeaseLostError(f"Entry {entry_id} is not held by operator {operator_id}.")
