"""The worker process: RQ jobs, each in a fork of its own with the application's context around it."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from typing import TYPE_CHECKING
from typing import Any

from flask import has_app_context
from rq import Worker
from rq.serializers import JSONSerializer
from sqlalchemy.orm import configure_mappers

from config.database import db
from config.database import utcnow
from config.jobs import runs
from config.jobs.queueing import QUEUES
from config.live import blocking_redis

if TYPE_CHECKING:
    from flask import Flask
    from redis import Redis
    from rq.job import Job

# How often an idle worker shows that it lives is this less 15 seconds.
WORKER_TTL_SECONDS = 30
MONITORING_SECONDS = 10
# How often the jobs of workers that were killed are looked for; RQ takes one for dead after 70 seconds of silence.
MAINTENANCE_SECONDS = 60
ALIVE_SECONDS = 45


class HouseWorker(Worker):
    """A worker whose jobs find the application: they call services as views do."""

    app: Flask

    def perform_job(self, *args: Any, **kwargs: Any) -> bool:
        """Run one job inside the application's context, on database connections of this fork."""
        with self.app.app_context():
            db.engine.dispose(close=False)
            return bool(super().perform_job(*args, **kwargs))


def end_run(job: Job, _connection: Redis, *_error: object) -> None:
    """Called by RQ after an attempt that failed: the last one ends the run that is the job's argument."""
    if job.retries_left:
        return
    # After a work-horse was killed we are in the worker itself, outside any job.
    with nullcontext() if has_app_context() else HouseWorker.app.app_context():
        db.session.rollback()
        runs.fail(job.args[0], error=runs.CRASHED, now=utcnow())
        db.session.commit()


def run(app: Flask, *, burst: bool = False) -> None:
    """Work until stopped; with `burst`, until the queues are empty."""
    # rq would say every job twice: its own handler, and ours at the root.
    logging.getLogger("rq.worker").propagate = False
    HouseWorker.app = app
    # Else each job's fork does it again, for longer than most jobs take.
    configure_mappers()
    worker = HouseWorker(
        list(QUEUES),
        connection=blocking_redis(app.config["REDIS_URL"]),
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
        maintenance_interval=MAINTENANCE_SECONDS,
    )
    worker.work(burst=burst, with_scheduler=True, logging_level=app.config["SETTINGS"].log_level)
