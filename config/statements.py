"""Statements that are run at every press, and a place in the transaction to go back to, at the least price."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import cast

from config import postgresql
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from sqlalchemy import ClauseElement
    from sqlalchemy import Connection
    from sqlalchemy import CursorResult
    from sqlalchemy import Dialect
    from sqlalchemy import Executable
    from sqlalchemy.sql.compiler import SQLCompiler


def run_ready(statement: Executable, values: Mapping[str, Any]) -> CursorResult[Any]:
    """As `run_plain`, for a large statement that is made once and run often: SQLAlchemy would compare all of it with
    those it knows at every run, which takes longer than the driver's part. Its values are numbers, texts and aware
    times, and so are those that it gives back.
    """
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        return connection.execute(statement, values)
    words, own = words_of(statement, connection.dialect)
    return connection.exec_driver_sql(words, {**own, **values})


@cache
def words_of(statement: Executable, dialect: Dialect) -> tuple[str, dict[str, Any]]:
    """A statement as the driver takes it, and the values that it has from the beginning."""
    made = cast("SQLCompiler", cast("ClauseElement", statement).compile(dialect=dialect))
    return str(made), {name: one.value for one, name in made.bind_names.items() if not one.required}


@dataclass(frozen=True)
class Savepoint:
    """A place in the transaction."""

    connection: Connection

    def mark(self) -> None:
        """Here it is."""
        self._say("SAVEPOINT plain")

    def undo(self) -> None:
        """Let nothing have happened since."""
        self._say("ROLLBACK TO SAVEPOINT plain")

    def _say(self, words: str) -> None:
        driver = self.connection.connection.driver_connection
        if not (isinstance(driver, postgresql.KeepingConnection) and driver.did(words.encode())):
            # Also when the database refused: so the error is told as all others are.
            self.connection.exec_driver_sql(words)


@contextmanager
def savepoint() -> Iterator[Savepoint]:
    """A stretch of `run_plain` statements that is undone when it raises, the transaction going on; not to be nested.

    The session's own savepoint takes three times as long: it puts objects aside, and each has another name. Nothing
    releases this one: the next takes its name, and the end of the transaction ends it.
    """
    place = Savepoint(db.session.connection())
    place.mark()
    try:
        yield place
    except BaseException:
        place.undo()
        raise
