"""What the queue looks like: one entry, what an operator holds, how many wait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnClause
from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import literal_column
from sqlalchemy import select

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db
from config.database import utcnow
from config.errors import NotFoundError
from config.kept import kept
from config.statements import run_plain

# Asked at nearly every request of an operator, so built once.
HELD_BY = select(QueueEntry.id).where(
    QueueEntry.operator_id == bindparam("operator"), QueueEntry.state == EntryState.LEASED
)

# To count a million at every press of every operator would stop them all; nobody at a desk needs to know so exactly.
COUNTED_TO = 1000
# To count a million takes a second: what screens show of campaigns with more entries is counted once for some seconds.
LARGE = 5000
# A literal, not a bound value, matches the partial indexes: a generic plan could not use them otherwise.
WAITING: ColumnClause[EntryState] = literal_column("'waiting'")


@dataclass(frozen=True)
class EntryLine:
    """One entry; `outcome` is an AAPOR code, temporary while the entry waits."""

    id: int
    club_id: int
    campaign_id: int
    member_id: int
    state: EntryState
    operator_id: int | None
    due_at: datetime
    lease_until: datetime | None
    attempt_count: int
    callback_at: datetime | None
    callback_until: datetime | None
    outcome: str | None
    note: str
    rest_until: datetime | None


ENTRY_COLUMNS: tuple[Any, ...] = tuple(getattr(QueueEntry, name) for name in EntryLine.__dataclass_fields__)


@dataclass(frozen=True)
class Waiting:
    """How many entries are due now, held, and waiting for a later time, and when the next of those is due.

    Callbacks are promised calls that were not made yet; the missed ones are those whose time has gone by.
    """

    due_count: int
    leased_count: int
    later_count: int
    callback_count: int
    next_due_at: datetime | None
    missed_count: int


@dataclass(frozen=True)
class Glimpse:
    """How many members wait, counted to COUNTED_TO and no further (`is_more`), and how many of them were promised a
    call; the missed ones are those whose time has gone by.
    """

    count: int
    is_more: bool
    callback_count: int
    missed_count: int


@dataclass(frozen=True)
class Counts:
    """How many entries are in each state, and how many of those tried (or closed) stand at each AAPOR code."""

    by_state: Mapping[EntryState, int]
    by_code: Mapping[str, int]


def get(entry_id: int) -> EntryLine:
    """One entry. Raises NotFoundError."""
    row = db.session.execute(_lines().where(QueueEntry.id == entry_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no entry {entry_id}.")
    return EntryLine(*row)


def held_by(operator_id: int) -> int | None:
    """The id of the entry that the operator holds."""
    db.session.flush()
    found: int | None = run_plain(HELD_BY, {"operator": operator_id}).scalar()
    return found


def members_held(club_id: int, operator_ids: Sequence[int]) -> dict[int, int]:
    """The member of the club that each of these operators holds; who holds none is not in it."""
    rows = db.session.execute(
        select(QueueEntry.operator_id, QueueEntry.member_id).where(
            QueueEntry.operator_id.in_(operator_ids),
            QueueEntry.state == EntryState.LEASED,
            QueueEntry.club_id == club_id,
        )
    )
    return {operator_id: member_id for operator_id, member_id in rows if operator_id is not None}


def waiting(campaign_ids: Sequence[int], *, now: datetime) -> Waiting:
    """The queue of some campaigns; callbacks are those promised and not yet made. Of a large one as it lately was."""
    return _lately_waiting(tuple(campaign_ids)) if is_large(campaign_ids) else _waiting(campaign_ids, now)


def is_large(campaign_ids: Sequence[int]) -> bool:
    """Whether these campaigns have so many entries that screens share a count of them for some seconds."""
    some = select(QueueEntry.id).where(QueueEntry.campaign_id.in_(campaign_ids)).limit(LARGE + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(some)) or 0) > LARGE


# Of no table: every claim would forget it.
@kept()
def _lately_waiting(campaign_ids: tuple[int, ...]) -> Waiting:
    return _waiting(campaign_ids, utcnow())


def _waiting(campaign_ids: Sequence[int], now: datetime) -> Waiting:
    is_waiting = QueueEntry.state == EntryState.WAITING
    is_due = QueueEntry.due_at <= now
    row = db.session.execute(
        select(
            _count(is_waiting & is_due),
            _count(QueueEntry.state == EntryState.LEASED),
            _count(is_waiting & ~is_due),
            _count(is_waiting & QueueEntry.callback_at.is_not(None)),
            func.min(case((is_waiting & ~is_due, QueueEntry.due_at))),
            _count(is_waiting & (QueueEntry.callback_missed_at > QueueEntry.callback_at)),
        ).where(QueueEntry.campaign_id.in_(campaign_ids), QueueEntry.state != EntryState.CLOSED)
    ).one()
    return Waiting(*row)


def glimpse(campaign_ids: Sequence[int]) -> Glimpse:
    """The queue of some campaigns as a desk shows it, at a cost that does not grow with the queue."""
    row = db.session.connection().execute(_glimpse(), {"campaigns": campaign_ids}).one()
    return Glimpse(
        min(row.waiting_count, COUNTED_TO), row.waiting_count > COUNTED_TO, row.callback_count, row.missed_count
    )


@cache
def _glimpse() -> Select[*tuple[Any, ...]]:
    """Asked at every refresh of every desk, so built once."""
    waiting = (QueueEntry.campaign_id.in_(bindparam("campaigns", expanding=True)), QueueEntry.state == WAITING)
    first = select(QueueEntry.id).where(*waiting).limit(COUNTED_TO + 1).subquery()
    promised = (*waiting, QueueEntry.callback_at.is_not(None))
    return select(
        select(func.count()).select_from(first).scalar_subquery().label("waiting_count"),
        select(func.count()).where(*promised).scalar_subquery().label("callback_count"),
        select(_count(QueueEntry.callback_missed_at > QueueEntry.callback_at))
        .where(*promised)
        .scalar_subquery()
        .label("missed_count"),
    )


def callbacks(campaign_ids: Sequence[int], *, limit: int = 50) -> list[EntryLine]:
    """The promised calls of these campaigns that were not made yet, soonest first."""
    rows = db.session.execute(
        _lines()
        .where(QueueEntry.campaign_id.in_(campaign_ids), QueueEntry.state == EntryState.WAITING)
        .where(QueueEntry.callback_at.is_not(None))
        .order_by(QueueEntry.callback_at)
        .limit(limit)
    )
    return [EntryLine(*row) for row in rows]


def missed_count(campaign_id: int) -> int:
    """How many members of a campaign were promised a call that was not made in time."""
    missed = select(func.count()).where(
        QueueEntry.campaign_id == campaign_id, QueueEntry.callback_missed_at.is_not(None)
    )
    return db.session.scalar(missed) or 0


def counts(campaign_id: int) -> Counts:
    """The entries of a campaign, closed ones too. Of a large one as they lately were."""
    return _lately_counted(campaign_id) if is_large([campaign_id]) else _counts(campaign_id)


# Of no table: every claim would forget it.
@kept()
def _lately_counted(campaign_id: int) -> Counts:
    return _counts(campaign_id)


def _counts(campaign_id: int) -> Counts:
    rows = db.session.execute(
        select(QueueEntry.state, QueueEntry.outcome, func.count())
        .where(QueueEntry.campaign_id == campaign_id)
        .group_by(QueueEntry.state, QueueEntry.outcome)
    )
    by_state: Counter[EntryState] = Counter(dict.fromkeys(EntryState, 0))
    by_code: Counter[str] = Counter()
    for state, code, count in rows:
        by_state[state] += count
        if code is not None:
            by_code[code] += count
    return Counts(by_state, by_code)


def _lines() -> Select[Any]:
    # Columns, not the object: after a claim the object in the session may be older than the row.
    return select(*ENTRY_COLUMNS)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
