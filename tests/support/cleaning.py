"""The database of the tests, empty again after each: what a new one holds is put back."""

from __future__ import annotations

import shutil
from itertools import count
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import text

from config.database import db

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection
    from sqlalchemy import Table

# Deleting costs a tenth of TRUNCATE but leaves dead rows; so many tests later these are few enough to slow nobody.
TESTS_BETWEEN_TRUNCATIONS = 50
# The lock waits for what a thread of the test has not finished, as TRUNCATE does.
DELETE = """
DO $$
DECLARE name text;
BEGIN
  LOCK TABLE {tables};
  FOREACH name IN ARRAY string_to_array('{tables}', ', ') LOOP
    EXECUTE 'DELETE FROM ' || name;
  END LOOP;
  PERFORM setval(schemaname || '.' || sequencename, start_value, false) FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
TRUNCATE = "TRUNCATE {tables} RESTART IDENTITY CASCADE"
_cleanings = count(1)


def remember(app: Flask) -> None:
    """Keep what this new, migrated database holds, for `empty` to put back."""
    with db.engine.connect() as connection:
        found = [(table, connection.execute(select(table)).mappings().all()) for table in _tables()]
    app.extensions["test_seeds"] = [(table, [{**row} for row in rows]) for table, rows in found if rows]
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        shutil.copy(app.config["HOME"] / "test.db", app.config["HOME"] / "clean.db")


def empty(app: Flask) -> None:
    """Leave the database as the migrations made it."""
    if db.engine.dialect.name == "sqlite":
        _copy(app)
        return
    with db.engine.begin() as connection:
        _empty_tables(connection)
        for table, rows in app.extensions["test_seeds"]:
            connection.execute(table.insert(), rows)


def _copy(app: Flask) -> None:
    db.engine.dispose()
    home = app.config["HOME"]
    for suffix in ("-wal", "-shm"):
        (home / f"test.db{suffix}").unlink(missing_ok=True)
    shutil.copy(home / "clean.db", home / "test.db")


def _empty_tables(connection: Connection) -> None:
    tables = ", ".join(table.name for table in _tables())
    is_time = next(_cleanings) % TESTS_BETWEEN_TRUNCATIONS == 0
    # The guards of the ledger refuse to be emptied; only a superuser's session may switch them off.
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(text((TRUNCATE if is_time else DELETE).format(tables=tables)))


def _tables() -> list[Table]:
    return db.metadatas[None].sorted_tables
