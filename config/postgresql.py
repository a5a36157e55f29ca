"""The connections to PostgreSQL: they keep the statements that are prepared on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from psycopg import Connection
from psycopg.pq import ExecStatus
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

# A desk alone has more than psycopg's hundred; beyond this the least used go.
KEPT = 300


class KeepingConnection(Connection[Any]):
    """psycopg lets go of all prepared statements at every rollback, in case the transaction made tables. Ours make
    none, and every request that only reads ends in one: each statement would be planned anew, for longer than it runs.
    """

    def rollback(self) -> None:
        """Undo what was not committed. After a refused statement psycopg's own way, in case a prepared one is stale."""
        with self.lock:
            is_done = (
                self.pgconn.transaction_status == TransactionStatus.INTRANS
                and self.pgconn.exec_(b"ROLLBACK").status == ExecStatus.COMMAND_OK
            )
        if not is_done:
            super().rollback()


def connect(
    _dialect: Dialect, _record: ConnectionPoolEntry, addresses: Sequence[Any], options: dict[str, Any]
) -> KeepingConnection:
    """What the engine is given for a new connection."""
    connection = KeepingConnection.connect(*addresses, **options)
    connection.prepared_max = KEPT
    return connection
