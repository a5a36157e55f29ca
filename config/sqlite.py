"""SQLite, which has one writer at a time: how its connections begin, and who writes next.

SQLite's own waiters knock, the longer they have waited the more seldom: under a load somebody waits for half a minute
while others come and go. Here the threads of a process stand in one line, only its first knocks, often and evenly, and
where there is a line the process lets the others in between two of its turns.
"""

from __future__ import annotations

import sqlite3
import threading
from time import monotonic
from time import sleep
from typing import TYPE_CHECKING

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 30
KNOCK_SECONDS = 0.001
# Longer than from one knock of another process to the next.
PAUSE_SECONDS = 0.003
WRITING = "BEGIN IMMEDIATE"
TURN = "turn"
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", f"busy_timeout={WAIT_SECONDS * 1000}")


def prepare_connection(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Give a new connection WAL, foreign keys and explicit transactions."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


class Turns:
    """The line of this process before the database of an engine."""

    def __init__(self, engine: Engine) -> None:
        self._line = threading.Lock()
        self._ended_at = 0.0
        event.listen(engine, "checkin", self._end)

    def begin(self, connection: Connection) -> None:
        """Begin a transaction that writes. Raises OperationalError after WAIT_SECONDS, as SQLite does.

        The turn ends when the connection goes back to the pool, as it does at the end of a session's transaction.
        """
        until = monotonic() + WAIT_SECONDS
        if TURN not in connection.info:
            self._take(connection)
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        try:
            while not _has_begun(cursor):
                if monotonic() > until:
                    # Once more, to be refused as every statement is.
                    connection.exec_driver_sql(WRITING)
                    return
                sleep(KNOCK_SECONDS)
        finally:
            cursor.execute(f"PRAGMA {PRAGMAS[-1]}")
            cursor.close()

    def _take(self, connection: Connection) -> None:
        if self._line.acquire(blocking=False):
            connection.info[TURN] = True
        elif self._line.acquire(timeout=WAIT_SECONDS):
            connection.info[TURN] = True
            sleep(max(0.0, self._ended_at + PAUSE_SECONDS - monotonic()))

    def _end(self, _connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        if record.info.pop(TURN, False):
            self._ended_at = monotonic()
            self._line.release()


def _has_begun(cursor: DBAPICursor) -> bool:
    try:
        cursor.execute(WRITING)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
