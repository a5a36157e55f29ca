"""Noting what is done with a question, once for each request that asks for it. Rows are only added."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import cast

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite

from config.statements import run_plain
from surveys.interviews.models import AnswerChange

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Table

    from surveys.interviews.states import AnswerStatus


class Change(NamedTuple):
    """What was done, as in AnswerChange. `request_key` is None where nobody would ask for it again."""

    club_id: int
    response_id: int
    question_id: int
    operator_id: int
    status: AnswerStatus | None
    value: Any
    asked_at: datetime | None
    changed_at: datetime
    request_key: str | None = None


_changes = cast("Table", AnswerChange.__table__)


def noting(dialect: Any) -> Any:
    """The statement that adds the row of a Change, and gives its id; nothing for a request that was done before."""
    values: dict[str, Any] = {name: bindparam(name) for name in Change._fields}
    insert = dialect.insert(_changes).values(**values)
    return insert.on_conflict_do_nothing(index_elements=[_changes.c.response_id, _changes.c.request_key]).returning(
        _changes.c.id
    )


_NOTE = {"postgresql": noting(postgresql), "sqlite": noting(sqlite)}


def note(change: Change) -> bool:
    """Whether this request is the first to ask for the change, which is noted then."""
    return run_plain(_NOTE, change._asdict()).one_or_none() is not None
