"""Writing answers: the answer and how it came about, in one statement where the database can do that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import cast

from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import literal
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite

from config.database import db
from config.statements import run_plain
from surveys.interviews import changes
from surveys.interviews.models import Answer
from surveys.interviews.models import Response

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Table

    from surveys.interviews.changes import Change
    from surveys.interviews.taking import Row

_responses, _answers = (cast("Table", model.__table__) for model in (Response, Answer))
_REPLACED = ("status", "value", "number", "answered_at")
# Under which name the statement is given each column, beside those of the change.
_GIVEN = {
    **{name: name for name in ("club_id", "response_id", "question_id", "status", "value")},
    "number": "number",
    "answered_at": "changed_at",
}
_DELETE = delete(_answers).where(
    _answers.c.response_id == bindparam("response_id"), _answers.c.question_id == bindparam("question_id")
)


def _upsert(insert: Any) -> Any:
    """Of two answers to a question the later one stands."""
    return insert.on_conflict_do_update(
        index_elements=[_answers.c.response_id, _answers.c.question_id],
        set_={
            **{name: insert.excluded[name] for name in _REPLACED},
            "is_on_path": True,
            "revision": _answers.c.revision + 1,
        },
    ).returning(_answers.c.revision)


def _given(column: str) -> Any:
    return bindparam(_GIVEN[column], type_=_answers.c[column].type)


def _noted_and_written() -> Any:
    noted = changes.noting(postgresql).cte("noted")
    answer = select(*(_given(name) for name in _GIVEN), literal(True), literal(1)).select_from(noted)
    return _upsert(postgresql.insert(_answers).from_select([*_GIVEN, "is_on_path", "revision"], answer))


_AT_ONCE = _noted_and_written()
_WRITE = _upsert(sqlite.insert(_answers).values(**{name: _given(name) for name in _GIVEN}, is_on_path=True, revision=1))


def write(change: Change, number: int | None) -> int | None:
    """Write the answer of a change, and the change: the answer's revision, None for a request that was done before."""
    values = {**change._asdict(), "number": number}
    if db.session.connection().dialect.name == "postgresql":
        return run_plain(_AT_ONCE, values).scalar()
    # SQLite writes one table in one statement.
    return run_plain(_WRITE, values).scalar() if changes.note(change) else None


def erase(response_id: int, question_id: int) -> None:
    """Let there be no answer to a question."""
    run_plain(_DELETE, {"response_id": response_id, "question_id": question_id})


def mark_path(response_id: int, others: Collection[Row], on_path: Collection[int]) -> None:
    """What a changed earlier answer took off the path is kept and not counted; what it brought back counts again.

    `on_path` are the ids of the questions on it, `others` the answers as they are marked.
    """
    moved = [row for row in others if row.is_on_path is not (row.question_id in on_path)]
    for is_on_path in {not row.is_on_path for row in moved}:
        ids = [row.question_id for row in moved if row.is_on_path is not is_on_path]
        db.session.execute(
            update(_answers)
            .where(_answers.c.response_id == response_id, _answers.c.question_id.in_(ids))
            .values(is_on_path=is_on_path)
        )


def show(response_id: int, code: str | None, *, since: datetime | None) -> None:
    """Put a question on the screen, where it has been `since`."""
    db.session.execute(update(_responses).where(_responses.c.id == response_id).values(cursor=code, shown_at=since))


def forget_objects() -> None:
    """Objects that the session holds of these rows are older than the rows."""
    for held in list(db.session):
        if isinstance(held, Response | Answer):
            db.session.expire(held)
