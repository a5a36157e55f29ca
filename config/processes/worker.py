"""The worker process: RQ jobs, each in a fork of its own with the application's context around it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from typing import Any

from rq import Worker
from rq.serializers import JSONSerializer

from config.database import db
from config.jobs.queueing import QUEUES
from config.live import blocking_redis

if TYPE_CHECKING:
    from flask import Flask

# How often an idle worker shows that it lives is this less 15 seconds.
WORKER_TTL_SECONDS = 30
MONITORING_SECONDS = 10
ALIVE_SECONDS = 45


class HouseWorker(Worker):
    """A worker whose jobs find the application: they call services as views do."""

    app: Flask

    def perform_job(self, *args: Any, **kwargs: Any) -> bool:
        """Run one job inside the application's context, on database connections of this fork."""
        with self.app.app_context():
            db.engine.dispose(close=False)
            return bool(super().perform_job(*args, **kwargs))


def run(app: Flask, *, burst: bool = False) -> None:
    """Work until stopped; with `burst`, until the queues are empty."""
    # rq would say every job twice: its own handler, and ours at the root.
    logging.getLogger("rq.worker").propagate = False
    HouseWorker.app = app
    worker = HouseWorker(
        list(QUEUES),
        connection=blocking_redis(app.config["REDIS_URL"]),
        serializer=JSONSerializer,
        worker_ttl=WORKER_TTL_SECONDS,
        job_monitoring_interval=MONITORING_SECONDS,
    )
    worker.work(burst=burst, with_scheduler=True, logging_level=app.config["SETTINGS"].log_level)
