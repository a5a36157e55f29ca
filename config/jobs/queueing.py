"""Jobs: only ids travel through Redis, as JSON, and only after the commit of what they are about."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import redis
from rq import Callback
from rq import Queue
from rq import Retry
from rq.serializers import JSONSerializer

from config.aftercommit import after_commit
from config.live import quick_redis

if TYPE_CHECKING:
    from flask import Flask

log = logging.getLogger(__name__)

QUEUES = ("notices", "default", "imports")
# The worker may be killed at any step; every job is safe to run again (unique keys in the database).
RETRY_SECONDS = [10, 60, 300]
# For jobs whose only argument is a run: the person who waits for it is told when it has failed for good.
ENDS_ITS_RUN = "config.processes.worker.end_run"


def queue_named(name: str, app: Flask | None = None) -> Queue:
    """The RQ queue of that name (one of QUEUES)."""
    return Queue(name, connection=quick_redis(app), serializer=JSONSerializer)


def enqueue(
    function: str, *ids: int, queue: str = "default", timeout_seconds: int = 300, on_failure: str | None = None
) -> None:
    """Queue a job by its dotted name now. A dead Redis is logged: the clock finds the waiting row later.

    `on_failure` is the dotted name of what RQ calls after every attempt that failed.
    """
    try:
        queue_named(queue).enqueue(
            function,
            *ids,
            job_timeout=timeout_seconds,
            retry=Retry(max=len(RETRY_SECONDS), interval=RETRY_SECONDS),
            on_failure=Callback(on_failure) if on_failure else None,
        )
    except redis.RedisError as error:
        log.warning("job %s%s not queued: %s", function, ids, error)


def enqueue_after_commit(
    function: str, *ids: int, queue: str = "default", timeout_seconds: int = 300, on_failure: str | None = None
) -> None:
    """Queue a job, as `enqueue` does, once the current transaction has committed."""
    after_commit(lambda: enqueue(function, *ids, queue=queue, timeout_seconds=timeout_seconds, on_failure=on_failure))
