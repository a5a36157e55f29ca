"""The clock process: does the periodic work. Any number of clocks may run; each work is done once a period."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from config.database import db
from config.database import reading
from config.database import utcnow
from config.live import quick_redis
from config.processes import heartbeats
from config.processes.models import PeriodicRun
from config.processes.naming import named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
GRACE_SECONDS = 3.0


def run(app: Flask) -> None:
    """Do the works of `app.config["PERIODIC"]`, pairs of (every so many seconds, "module:function"), until stopped."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with app.app_context():
        client = quick_redis()
    pulse = heartbeats.keep_beating(client, "clock", stopped)
    works = app.config["PERIODIC"]
    log.info("keeping %d periodic works", len(works))
    # Each in a thread of its own: one that waits for a slow gateway must not hold back the others.
    threads = [threading.Thread(target=_keep, args=(app, work, stopped), name=work[1]) for work in works]
    for thread in threads:
        thread.start()
    stopped.wait()
    for thread in [*threads, pulse]:
        thread.join(GRACE_SECONDS)


def _keep(app: Flask, work: tuple[int, str], stopped: threading.Event) -> None:
    while not stopped.wait(TICK_SECONDS):
        do_due(app, [work])


def do_due(app: Flask, works: Iterable[tuple[int, str]]) -> list[str]:
    """Do every work that is due now and that no other clock took; returns their names."""
    done = []
    for every_seconds, name in works:
        with app.app_context():
            try:
                if take(name, every_seconds=every_seconds, now=utcnow()):
                    named(name)()
                    done.append(name)
            except Exception:
                # One work that fails must not keep the others from being done.
                log.exception("%s failed; it is tried again in %d s", name, every_seconds)
                db.session.rollback()
    return done


def take(name: str, *, every_seconds: int, now: datetime) -> bool:
    """Take the work if it is due: one conditional UPDATE, so that of several clocks one gets it. Commits."""
    next_due = now + timedelta(seconds=every_seconds)
    due_at = _due_at(name)
    if due_at is None:
        return _take_first(name, next_due)
    if due_at > now:
        return False
    moved = db.session.execute(
        update(PeriodicRun).where(PeriodicRun.name == name, PeriodicRun.due_at == due_at).values(due_at=next_due)
    )
    db.session.commit()
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def _due_at(name: str) -> datetime | None:
    """A look that takes no lock: mostly nothing is due."""
    with reading():
        try:
            return db.session.scalar(select(PeriodicRun.due_at).where(PeriodicRun.name == name))
        finally:
            db.session.rollback()


def _take_first(name: str, next_due: datetime) -> bool:
    db.session.add(PeriodicRun(name=name, due_at=next_due))
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True
