"""Statements that are run at every press, and a place in the transaction to go back to, at the least price."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import cast

import psycopg
from sqlalchemy import Executable
from sqlalchemy.exc import NoResultFound

from config.database import db
from config.postgresql import KeepingConnection

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sqlalchemy import ClauseElement
    from sqlalchemy import Connection
    from sqlalchemy import Dialect
    from sqlalchemy.sql.compiler import SQLCompiler
    from sqlalchemy.sql.selectable import ReturnsRows
    from sqlalchemy.types import TypeEngine


class Rows(list[Any]):
    """What came back: tuples whose values are also there by the names of the columns."""

    def one(self) -> Any:
        """The only row. Raises NoResultFound when there is none."""
        if not self:
            raise NoResultFound("no row came back where one was expected")
        return self[0]

    def one_or_none(self) -> Any | None:
        """The only row, None when there is none."""
        return self[0] if self else None

    def scalar(self) -> Any | None:
        """The first value of the first row, None when there is none."""
        return self[0][0] if self else None

    def scalars(self) -> list[Any]:
        """The first value of every row."""
        return [row[0] for row in self]


def run_plain(statement: Executable | Mapping[str, Executable], values: Mapping[str, Any]) -> Rows:
    """Run a statement about tables (not objects), made once for good, in the session's transaction.

    One that each database writes in its own way is given by their names. What the session holds unwritten is not
    flushed before, and objects it holds of changed rows are not told. PostgreSQL's driver is handed the statement as
    it was compiled at its first run, past what SQLAlchemy does around each: a quarter of the price. Raises
    DBAPIError (IntegrityError and the others) as the session does.
    """
    connection = db.session.connection()
    chosen = statement if isinstance(statement, Executable) else statement[connection.dialect.name]
    if connection.dialect.name != "postgresql":
        found = connection.execute(chosen, values)
        return Rows(found if found.returns_rows else ())
    return ready(chosen, connection.dialect).run(connection, values)


class Ready:
    """A statement as PostgreSQL's driver takes it, compiled once.

    Raises ValueError for one that is not the same at every run: with a list of values in it, or with a column whose
    value the model makes, which are to be named.
    """

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        made = cast("SQLCompiler", cast("ClauseElement", statement).compile(dialect=dialect))
        if made.post_compile_params or made.insert_prefetch or made.update_prefetch:
            raise ValueError(f"to be run again and again this must be the same every time: {made}")
        self.words = str(made)
        writers = {name: _writer(one.type, dialect) for one, name in made.bind_names.items()}
        self._writers = {name: write for name, write in writers.items() if write is not None}
        self.own = self._written({name: one.value for one, name in made.bind_names.items() if not one.required})
        columns = cast("ReturnsRows", statement).exported_columns
        readers = [_reader(column.type, dialect) for column in columns]
        self._readers = [(place, read) for place, read in enumerate(readers) if read is not None]
        # Without columns nothing is fetched, also of an insert that gives its key back.
        self._row = _row(columns.keys()) if readers else None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Rows:
        """Run it with the values it asks for."""
        driver = cast("KeepingConnection", connection.connection.driver_connection)
        given = {**self.own, **self._written(values)}
        for hear in connection.dispatch.before_cursor_execute:
            hear(connection, driver.plain, self.words, given, None, False)  # SQLAlchemy's signature
        try:
            driver.plain.execute(self.words, given)
            found = driver.plain.fetchall() if self._row else ()
        except psycopg.Error as error:
            # As SQLAlchemy does: it tells it as an error of its own, without the values, which are members' names and
            # numbers, and after a cut lets go of every connection of then.
            connection._handle_dbapi_exception(error, self.words, None, None, None)  # nobody else can
        return Rows(map(self._row, map(self._read, found) if self._readers else found)) if self._row else Rows()

    def _written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        writers = self._writers
        return {name: writers[name](value) if name in writers else value for name, value in values.items()}

    def _read(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return values


@cache
def ready(statement: Executable, dialect: Dialect) -> Ready:
    """The statement, compiled for a database."""
    return Ready(statement, dialect)


def _row(names: Sequence[str]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    """A maker of rows with such names; a name that comes again is there by its place only."""
    return namedtuple("Row", names, rename=True)._make  # type: ignore[attr-defined, no-any-return]  # noqa: PYI024  # made at run time


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _reader(kind: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)


@dataclass(frozen=True)
class Savepoint:
    """A place in the transaction."""

    connection: Connection

    def mark(self) -> None:
        """Here it is."""
        self._say("SAVEPOINT plain")

    def undo(self) -> None:
        """Let nothing have happened since; of a connection that was cut nothing is left."""
        if not self.connection.invalidated:
            self._say("ROLLBACK TO SAVEPOINT plain")

    def _say(self, words: str) -> None:
        driver = self.connection.connection.driver_connection
        if not (isinstance(driver, KeepingConnection) and driver.did(words.encode())):
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
