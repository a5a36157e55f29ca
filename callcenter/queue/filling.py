"""Many new entries in one statement: a million members are drawn into a queue while somebody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import func
from sqlalchemy import literal
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from config.database import db
from config.database import run_plain

TABLE = QueueEntry.__table__


@dataclass(frozen=True)
class NewEntry:
    """What is each new entry's own."""

    member_id: int
    cell_id: int | None
    needs: int
    due_at: datetime
    rest_until: datetime | None


OWN = tuple(NewEntry.__dataclass_fields__)


def add(club_id: int, campaign_id: int, entries: Sequence[NewEntry], *, now: datetime) -> int:
    """Let these members wait in the queue of a campaign; who is there already is left as they are.

    Gives how many were added.
    """
    common = {
        "club_id": club_id,
        "campaign_id": campaign_id,
        "state": EntryState.WAITING,
        "priority": BASE_PRIORITY,
        "created_at": now,
        "attempt_count": 0,
        "note": "",
        "is_barred": False,
    }
    if not entries:
        return 0
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        return _add_by_columns(common, entries)
    rows = [{**common, **{name: getattr(one, name) for name in OWN}} for one in entries]
    return db.session.connection().execute(sqlite.insert(QueueEntry).on_conflict_do_nothing(), rows).rowcount


def _add_by_columns(common: Mapping[str, Any], entries: Sequence[NewEntry]) -> int:
    """One array for each column: a row of values for each entry costs ten times as much, most of it to write SQL."""
    types = {name: postgresql.ARRAY(TABLE.c[name].type) for name in OWN}
    columns = (
        func.unnest(*(bindparam(name, type_=types[name]) for name in OWN)).table_valued(*OWN).render_derived(name="new")
    )
    every = {name: literal(value, TABLE.c[name].type) for name, value in common.items()}
    rows = select(*every.values(), *(columns.c[name] for name in OWN))
    statement = postgresql.insert(QueueEntry).from_select([*every, *OWN], rows).on_conflict_do_nothing()
    statement = statement.execution_options(preserve_rowcount=True)
    return run_plain(statement, {name: [getattr(one, name) for one in entries] for name in OWN}).rowcount
