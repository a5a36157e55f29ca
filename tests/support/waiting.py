"""Waiting until another transaction waits for a lock of this one."""

from __future__ import annotations

import time

from sqlalchemy import select
from sqlalchemy import text

from config.database import db

BOUND_SECONDS = 120


def wait_until_somebody_waits() -> None:
    deadline = time.monotonic() + BOUND_SECONDS
    while not db.session.scalar(select(text("count(*) FROM pg_locks WHERE NOT granted"))):
        assert time.monotonic() < deadline
        time.sleep(0.05)
