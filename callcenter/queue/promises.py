"""Promised calls: an exact time or some hours, one operator's or anybody's, one for each member; those missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import CALLBACK_PRIORITY
from callcenter.queue.priorities import OWN_PRIORITY
from callcenter.queue.priorities import WINDOW_PRIORITY
from callcenter.skills import needs
from config.database import db

# An exact time is kept when the call is begun within these minutes.
GRACE = timedelta(minutes=10)


@dataclass(frozen=True)
class Promise:
    """A promised call that waits: at an exact time, or with `callback_until` any time until then."""

    id: int
    club_id: int
    campaign_id: int
    member_id: int
    callback_at: datetime
    callback_until: datetime | None


def missed_from(callback_at: datetime, callback_until: datetime | None) -> datetime:
    """When a promise that is not kept counts as missed."""
    return max(callback_at + GRACE, callback_until or callback_at)


def agree(entry_id: int, *, until: datetime | None, operator_id: int | None) -> None:
    """Say more of the promise that an entry waits for: until when it may be kept, and whose it is.

    Nothing for an entry that waits for no promised call (its campaign was closed meanwhile).
    """
    priority = WINDOW_PRIORITY if until else CALLBACK_PRIORITY
    db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id, QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at.is_not(None))
        .values(
            callback_until=until,
            callback_operator_id=operator_id,
            priority=OWN_PRIORITY if operator_id is not None else priority,
        )
    )
    needs.compute(QueueEntry.id == entry_id)


def let_anybody(entry_id: int) -> None:
    """A promise that waits and is one operator's own is anybody's from now on."""
    own = select(QueueEntry.callback_until).where(
        QueueEntry.id == entry_id, QueueEntry.callback_operator_id.is_not(None), QueueEntry.callback_at.is_not(None)
    )
    for until in db.session.scalars(own).all():
        agree(entry_id, until=until, operator_id=None)


def release(operator_id: int, campaign_ids: Sequence[int]) -> None:
    """An operator's own promises in some campaigns are anybody's from now on: they may not call for these any more."""
    own = select(QueueEntry.id).where(
        QueueEntry.callback_operator_id == operator_id,
        QueueEntry.callback_at.is_not(None),
        QueueEntry.campaign_id.in_(campaign_ids),
        QueueEntry.state == EntryState.WAITING,
    )
    # One after another in one order: two who release many at once do not wait in a circle.
    for entry_id in db.session.scalars(own.order_by(QueueEntry.id)).all():
        let_anybody(entry_id)


def take_back(member_id: int) -> None:
    """Undo what was promised to a member before, in any campaign: who is promised another time is called once."""
    db.session.execute(
        update(QueueEntry)
        .where(
            QueueEntry.member_id == member_id,
            QueueEntry.state != EntryState.CLOSED,
            QueueEntry.callback_at.is_not(None),
        )
        .values(callback_at=None, callback_until=None, callback_operator_id=None, priority=BASE_PRIORITY)
    )
    needs.compute(QueueEntry.member_id == member_id)


def of_operator(operator_id: int, *, limit: int = 20) -> list[Promise]:
    """The operator's own promises, soonest first."""
    rows = db.session.execute(
        select(*(getattr(QueueEntry, name) for name in Promise.__dataclass_fields__))
        .where(QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at.is_not(None))
        .where(QueueEntry.callback_operator_id == operator_id)
        .order_by(QueueEntry.callback_at)
        .limit(limit)
    )
    return [Promise(*row) for row in rows]


def mark_missed(*, now: datetime) -> list[int]:
    """Note the promises whose time has gone by, once each; from now on they are anybody's. Gives their clubs' ids."""
    missed = db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at < now - GRACE)
        .where(or_(QueueEntry.callback_until.is_(None), QueueEntry.callback_until < now))
        .where(or_(QueueEntry.callback_missed_at.is_(None), QueueEntry.callback_missed_at < QueueEntry.callback_at))
        .values(callback_missed_at=now, callback_operator_id=None, priority=CALLBACK_PRIORITY)
        .returning(QueueEntry.id, QueueEntry.club_id)
        .execution_options(synchronize_session="fetch")
    ).all()
    needs.compute(QueueEntry.id.in_([row.id for row in missed]))
    return sorted({row.club_id for row in missed})
