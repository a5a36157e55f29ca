"""Many new entries in one statement: a million members are drawn into a queue while somebody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import literal
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from config.database import db

TABLE = QueueEntry.__table__
# Both have ON CONFLICT, each in a module of its own.
INSERT: dict[str, Callable[[type[QueueEntry]], postgresql.Insert | sqlite.Insert]] = {
    "postgresql": postgresql.insert,
    "sqlite": sqlite.insert,
}


def add(club_id: int, campaign_id: int, new: Select[Any], *, due_at: datetime, now: datetime) -> int:
    """Let members wait in the queue of a campaign; who is there already is left as they are. Gives how many were added.

    `new` selects `member_id`, `cell_id` and `needs` under a condition.
    """
    common = {
        "club_id": club_id,
        "campaign_id": campaign_id,
        "state": EntryState.WAITING,
        "priority": BASE_PRIORITY,
        "due_at": due_at,
        "created_at": now,
        "attempt_count": 0,
        "note": "",
        "is_barred": False,
    }
    rows = new.order_by("member_id").subquery("new")
    every = {name: literal(value, TABLE.c[name].type) for name, value in common.items()}
    own = {column.name: column for column in rows.c}
    # Without a condition of its own SQLite takes ON CONFLICT for the condition of a join.
    select_all = select(*every.values(), *own.values()).where(rows.c.member_id.is_not(None))
    insert = INSERT[db.engine.dialect.name](QueueEntry).from_select([*every, *own], select_all)
    db.session.flush()
    insert = insert.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return db.session.connection().execute(insert).rowcount


def let_rest(campaign_id: int, rests: Mapping[int, datetime], *, first_at: datetime, added_at: datetime) -> None:
    """Let members who were added to a campaign's queue at a moment wait until the rest ends that the rules give them,
    and at least until `first_at`.
    """
    for member_id, until in rests.items():
        db.session.execute(
            update(QueueEntry)
            .where(QueueEntry.campaign_id == campaign_id, QueueEntry.member_id == member_id)
            .where(QueueEntry.created_at == added_at)
            .values(due_at=max(first_at, until), rest_until=until)
            .execution_options(synchronize_session=False)
        )
