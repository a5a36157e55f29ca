"""The connections to PostgreSQL: they keep the statements that are prepared on them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any

from psycopg import Connection
from psycopg import OperationalError
from psycopg import _queries
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from psycopg import Cursor
    from sqlalchemy import Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

# A desk alone has more than psycopg's hundred; beyond this the least used go.
KEPT = 300
# A longer statement psycopg reads anew at every run, to find the places of its values; that of the claim is longer.
_queries.MAX_CACHED_STATEMENT_LENGTH = 16_384


class KeepingConnection(Connection[Any]):
    """psycopg lets go of all prepared statements at every rollback, in case the transaction made tables. Ours make
    none, and every request that only reads ends in one: each statement would be planned anew, for longer than it runs.

    The words around a transaction have no values and no rows: said to the library below they cost a fifth.
    """

    @cached_property
    def plain(self) -> Cursor[Any]:
        """A cursor for statements whose rows are fetched at once; made once, because making one costs as much."""
        return self.cursor()

    def commit(self) -> None:
        """Keep what was written. Raises the database's error when it cannot."""
        if not self._is_under_way():
            super().commit()
            return
        with self.lock:
            said = self.pgconn.exec_(b"COMMIT")
        if said.status != ExecStatus.COMMAND_OK:
            raise OperationalError(said.get_error_message()) if self.broken else error_from_result(said)

    def rollback(self) -> None:
        """Undo what was not committed. After a refused statement psycopg's own way, in case a prepared one is stale."""
        if not (self._is_under_way() and self.did(b"ROLLBACK")):
            super().rollback()

    def did(self, words: bytes) -> bool:
        """Say something about the transaction; a first savepoint begins it. False when the database refuses."""
        begin = b"" if self._is_under_way() else b"BEGIN; "
        try:
            with self.lock:
                return self.pgconn.exec_(begin + words).status == ExecStatus.COMMAND_OK
        except OperationalError:
            return False

    def _is_under_way(self) -> bool:
        return self.pgconn.transaction_status == TransactionStatus.INTRANS


def connect(
    _dialect: Dialect, _record: ConnectionPoolEntry, addresses: Sequence[Any], options: dict[str, Any]
) -> KeepingConnection:
    """What the engine is given for a new connection."""
    connection = KeepingConnection.connect(*addresses, **options)
    connection.prepared_max = KEPT
    return connection
