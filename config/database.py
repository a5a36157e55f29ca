"""The database: one declarative base, the column types that all tables share, and how connections behave."""

from __future__ import annotations

import enum
from contextlib import contextmanager
from contextvars import ContextVar
from contextvars import Token
from datetime import UTC
from datetime import datetime
from datetime import time
from time import monotonic
from typing import TYPE_CHECKING
from typing import Annotated
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON
from sqlalchemy import BigInteger
from sqlalchemy import DateTime
from sqlalchemy import Dialect
from sqlalchemy import Enum
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import String
from sqlalchemy import Time
from sqlalchemy import TypeDecorator
from sqlalchemy import event
from sqlalchemy import text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import registry

from config import postgresql
from config import sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry
    from sqlalchemy.pool import PoolProxiedConnection

# How long a connection may lie in the pool before it is asked whether it is still there; and when it was used last.
IDLE_SECONDS = 5.0
USED = "used_at"
# PostgreSQL's code for a unique value that is there already; SQLite says it in words.
UNIQUE_VIOLATION = "23505"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time: `timestamptz` on PostgreSQL, naive UTC text on SQLite. Naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What the driver is given."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored: {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy's signature
        """What the code is given: always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utcnow() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


BigKey = BigInteger().with_variant(Integer, "sqlite")

intpk = Annotated[int, mapped_column(BigKey, primary_key=True)]
club_fk = Annotated[int, mapped_column(ForeignKey("clubs.id"))]
user_fk = Annotated[int, mapped_column(ForeignKey("users.id"))]
ref = Annotated[int, mapped_column(BigKey)]
created_at = Annotated[datetime, mapped_column(UtcDateTime, default=utcnow)]
str16 = Annotated[str, mapped_column(String(16))]
str40 = Annotated[str, mapped_column(String(40))]
str200 = Annotated[str, mapped_column(String(200))]
rial = Annotated[int, mapped_column(BigInteger)]


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of those rows only that fulfil the SQL condition `where`, on either database."""
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            datetime: UtcDateTime,
            time: Time(),
            dict[str, Any]: JSON,
            list[Any]: JSON,
            enum.StrEnum: Enum(
                enum.StrEnum,
                native_enum=False,
                length=32,
                values_callable=lambda kind: [member.value for member in kind],
            ),
        },
    )


db = SQLAlchemy(model_class=Base)

# SQLite allows one writer: who means to write says so at BEGIN and waits there, instead of failing half-way.
# Pages that only read must not take that lock.
_sqlite_begin: ContextVar[str] = ContextVar("sqlite_begin", default=sqlite.WRITING)


def begin_reading() -> Token[str]:
    """Let the transactions of this context start without SQLite's write lock (for requests that only read)."""
    return _sqlite_begin.set("BEGIN")


@contextmanager
def reading() -> Iterator[None]:
    """A stretch of work that only reads: its transactions start without SQLite's write lock."""
    mode = begin_reading()
    try:
        yield
    finally:
        restore_mode(mode)


def begin_writing() -> Token[str]:
    """Let the transactions of this context start with SQLite's write lock, the default."""
    return _sqlite_begin.set(sqlite.WRITING)


def restore_mode(token: Token[str]) -> None:
    """Undo a begin_reading or begin_writing."""
    _sqlite_begin.reset(token)


def add_if_new(row: Base) -> bool:
    """Write a row now, and say whether it is the first: False, and nothing written, when a unique one is there.

    The transaction goes on either way. Raises IntegrityError for whatever else the database refuses.
    """
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        if not is_taken_key(error):
            raise
        return False
    return True


def is_taken_key(error: IntegrityError) -> bool:
    """Whether it was refused because a unique value is there already.

    On SQLite a guard of the ledger says so first, in words of its own: there an insert could replace the row.
    """
    if getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION:
        return True
    return any(words in str(error.orig) for words in ("UNIQUE constraint", "is never replaced"))


def engine_options(url: str) -> dict[str, Any]:
    """The SQLAlchemy engine options for a database address.

    A failed statement is logged without its values: they are members' names and numbers.
    """
    if url.startswith("sqlite"):
        # Who waits to write holds a connection, and pages are to be shown meanwhile; each costs next to nothing.
        waiting = {"timeout": sqlite.WAIT_SECONDS}
        return {"hide_parameters": True, "pool_size": 16, "max_overflow": 64, "connect_args": waiting}
    # No long transaction near the queue: an idle one keeps dead rows at the head of the claim's index.
    # To compile a statement (JIT) takes a second and more; ours are over before.
    guards = "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000 -c timezone=UTC -c jit=off"
    return {
        "hide_parameters": True,
        # Kept open: a connection opened for one request costs more than all its statements.
        "pool_size": 16,
        "max_overflow": 8,
        "connect_args": {"options": guards, "connect_timeout": 5},
    }


def prepare_engine(engine: Engine) -> None:
    """Give an SQLite engine WAL, foreign keys and explicit transactions; ask others whether they are still there."""
    if engine.dialect.name == "sqlite":
        turns = sqlite.Turns(engine)
        event.listen(engine, "connect", sqlite.prepare_connection)
        event.listen(engine, "begin", lambda connection: _begin_sqlite(connection, turns))
        return
    event.listen(engine, "do_connect", postgresql.connect)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _ensure_there)


def _note_use(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[USED] = monotonic()


def _ensure_there(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """A connection that lay idle may have been cut (a restart, a firewall): the pool then opens another.

    SQLAlchemy's own ping asks before every use, a round trip for each request of a busy house.
    """
    if monotonic() - record.info.get(USED, 0.0) < IDLE_SECONDS:
        return
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT 1")
    except Exception as error:
        raise DisconnectionError("the connection was cut while it lay idle") from error
    finally:
        cursor.close()
    connection.rollback()


def _begin_sqlite(connection: Connection, turns: sqlite.Turns) -> None:
    if _sqlite_begin.get() == sqlite.WRITING:
        turns.begin(connection)
    else:
        connection.exec_driver_sql("BEGIN")
