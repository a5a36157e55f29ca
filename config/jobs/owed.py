"""Jobs that nothing else would find again: owed by a row of the transaction that they follow, until they are done."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy import select

from config.database import db
from config.database import utcnow
from config.jobs.models import OwedJob
from config.jobs.queueing import enqueue_after_commit
from config.processes.naming import named

log = logging.getLogger(__name__)

DO = "config.jobs.owed.do"
# Redis has it at once; when nobody has begun by then, it was lost, or the worker has much to do.
AGAIN = timedelta(minutes=1)
# One that fails waits twice as long each time.
LONGEST_WAIT = timedelta(hours=1)
MOST_DOUBLINGS = 6
# What the worker gives a job over its time, until it is taken for dead.
GRACE = timedelta(minutes=2)


def owe(function: str, *ids: int, timeout_seconds: int = 300) -> None:
    """Have "package.module:function" done with these ids once the current transaction has committed.

    Neither a Redis that is away or has forgotten nor a worker that was killed loses it. It may be done twice.
    """
    due_at = utcnow() + AGAIN
    job = OwedJob(function=function, ids=list(ids), timeout_seconds=timeout_seconds, due_at=due_at, tries=0)
    db.session.add(job)
    db.session.flush()
    enqueue_after_commit(DO, job.id, timeout_seconds=timeout_seconds)


def do(job_id: int) -> None:
    """The worker's part: do what is owed, unless it is done already or somebody is at it."""
    job = _take(job_id, now=utcnow())
    if job is None:
        return
    function, ids = job.function, tuple(job.ids)
    db.session.commit()
    try:
        named(function)(*ids)
    except Exception:
        log.exception("%s%s failed and is still owed", function, ids)
        db.session.rollback()
        _put_back(job_id, now=utcnow())
    else:
        db.session.execute(delete(OwedJob).where(OwedJob.id == job_id))
    db.session.commit()


def queue_again() -> None:
    """The clock's part: give Redis once more what is due; whoever was at it is dead."""
    now = utcnow()
    found = select(OwedJob).where(OwedJob.due_at <= now).order_by(OwedJob.id).with_for_update(skip_locked=True)
    for job in db.session.scalars(found).all():
        job.is_begun, job.due_at = False, now + AGAIN
        enqueue_after_commit(DO, job.id, timeout_seconds=job.timeout_seconds)
    db.session.commit()


def _take(job_id: int, *, now: datetime) -> OwedJob | None:
    """Nobody else begins it in the time that it may take."""
    job = db.session.get(OwedJob, job_id, with_for_update=True, populate_existing=True)
    if job is None or (job.is_begun and job.due_at > now):
        return None
    job.is_begun, job.due_at = True, now + timedelta(seconds=job.timeout_seconds) + GRACE
    return job


def _put_back(job_id: int, *, now: datetime) -> None:
    job = db.session.get(OwedJob, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        # Taken for dead, and done by somebody else meanwhile.
        return
    # Days of failing do not double the wait out of all bounds.
    job.is_begun, job.due_at = False, now + min(AGAIN * 2 ** min(job.tries, MOST_DOUBLINGS), LONGEST_WAIT)
    job.tries += 1
