"""A Redis server for the tests, on a Unix socket."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from typing import TYPE_CHECKING

import redis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_SECONDS = 60


def _program() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def is_available() -> bool:
    """Whether this machine has a Redis server."""
    return _program() is not None


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Run a server in `folder`; gives its address."""
    socket = folder / "redis.sock"
    command = [str(_program()), "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_until_up(f"unix://{socket}")
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def _wait_until_up(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(redis.RedisError), redis.Redis.from_url(url) as client:
            if client.ping():
                return
        time.sleep(0.05)
    raise RuntimeError("the Redis server did not come up")
