"""The pulse of the processes that nobody talks to: a key in Redis that fades when the process does."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC
from datetime import datetime

import redis

from config.live import quick_redis
from config.settings import FIRST_LINE

KEY = "hamseda:pulse:"
EVERY_SECONDS = 5.0
FADES_AFTER_SECONDS = 20
LAST_WORD_SECONDS = 3.0


def of_line(process: str, line: str) -> str:
    """The name under which the process of a line, or its connection, beats."""
    return process if line == FIRST_LINE else f"{process}:{line}"


def beat(client: redis.Redis, process: str) -> None:
    """Say that `process` lives. A dead Redis is no reason to stop working."""
    try:
        client.set(KEY + process, datetime.now(UTC).isoformat(), ex=FADES_AFTER_SECONDS)
    except redis.RedisError:
        return


def keep_beating(client: redis.Redis, process: str, stopped: threading.Event) -> threading.Thread:
    """Beat from a thread of its own until `stopped` is set; the thread then takes the pulse away and ends."""

    def run() -> None:
        while not stopped.is_set():
            beat(client, process)
            stopped.wait(EVERY_SECONDS)
        with suppress(redis.RedisError):
            client.delete(KEY + process)

    thread = threading.Thread(target=run, name=f"{process}-pulse", daemon=True)
    thread.start()
    return thread


def is_beating(process: str) -> bool:
    """Whether `process` said so within the last seconds. Raises redis.RedisError when Redis does not answer."""
    return bool(quick_redis().exists(KEY + process))
