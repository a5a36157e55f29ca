"""Two transactions that meet: what the second one makes of a first one that commits while it waits."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import text

from config.database import db

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

BOUND_SECONDS = 120
SOMEBODY_WAITS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def beside(app: Flask, act: Callable[[], object]) -> None:
    """Do something in a transaction of its own while ours is open; ours commits when it is done or waits for us.

    On PostgreSQL only: SQLite has one writer.
    """

    def in_own_transaction() -> None:
        with app.app_context():
            act()
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(in_own_transaction)
        deadline = time.monotonic() + BOUND_SECONDS
        try:
            while not (done.done() or db.session.scalar(SOMEBODY_WAITS)):
                assert time.monotonic() < deadline
                time.sleep(0.02)
            db.session.commit()
        finally:
            db.session.rollback()
        done.result(timeout=BOUND_SECONDS)
