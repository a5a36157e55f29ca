"""Jobs: only ids travel through Redis, as JSON, and only after the commit of what they are about."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import redis
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
RETRY_SECONDS = [10, 60, 300, 900, 3600]


def queue_named(name: str, app: Flask | None = None) -> Queue:
    """The RQ queue of that name (one of QUEUES)."""
    return Queue(name, connection=quick_redis(app), serializer=JSONSerializer)


def enqueue(function: str, *ids: int, queue: str = "default", timeout_seconds: int = 300) -> None:
    """Queue a job by its dotted name now. A dead Redis is logged: the clock finds the waiting row later."""
    try:
        queue_named(queue).enqueue(
            function, *ids, job_timeout=timeout_seconds, retry=Retry(max=len(RETRY_SECONDS), interval=RETRY_SECONDS)
        )
    except redis.RedisError as error:
        log.warning("job %s%s not queued: %s", function, ids, error)


def enqueue_after_commit(function: str, *ids: int, queue: str = "default", timeout_seconds: int = 300) -> None:
    """Queue a job by its dotted name once the current transaction has committed."""
    after_commit(lambda: enqueue(function, *ids, queue=queue, timeout_seconds=timeout_seconds))
