"""The servers that a benchmark needs: a database, a Redis, and a web process of the house or a bare one."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import redis
from flask_migrate import upgrade

import wsgi
from config.database import db
from config.processes import redis_server
from config.processes.web import free_port
from config.settings import load_settings
from tests.support import postgresql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

START_SECONDS = 120
# As deploy/systemd starts it: one for each core of a small machine.
PROCESSES = 2


@dataclass(frozen=True)
class House:
    """A migrated database with its application in this process, and the environment for others."""

    app: Flask
    environment: dict[str, str]
    database: str


@contextlib.contextmanager
def house() -> Iterator[House]:
    """A house in a folder of its own, on PostgreSQL where there is one, else on SQLite."""
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hamseda-bench-")))
        home.chmod(0o755)
        environment = {
            "HAMSEDA_HOME": str(home),
            "HAMSEDA_SECRET_KEY": os.urandom(24).hex(),
            "HAMSEDA_LOG_LEVEL": "WARNING",
        }
        if postgresql.is_available():
            (home / "pg").mkdir()
            environment["HAMSEDA_DATABASE_URL"] = stack.enter_context(postgresql.cluster())
        stack.enter_context(_redis(home))
        app = wsgi.create_app(load_settings(environment, env_file=None))
        with app.app_context():
            upgrade()
        yield House(app, environment, app.config["SQLALCHEMY_DATABASE_URI"].partition(":")[0].partition("+")[0])
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextlib.contextmanager
def _redis(home: Path) -> Iterator[None]:
    server = subprocess.Popen(redis_server.command(redis_server.find_program(), home), stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        with redis.Redis(unix_socket_path=str(home / "redis.sock")) as client:
            while True:
                with contextlib.suppress(redis.RedisError):
                    client.ping()
                    break
                _ensure_not_late(deadline, "Redis")
        yield
    finally:
        server.terminate()
        server.wait(START_SECONDS)


@contextlib.contextmanager
def web(house: House, *command: str) -> Iterator[int]:
    """A web server: the house's own, or what `command` starts with `--port` and `--processes`; gives the port."""
    port = free_port()
    start = list(command) or [sys.executable, "-c", "from wsgi import main; main()", "web"]
    server = subprocess.Popen(
        [*start, "--port", str(port), "--processes", str(PROCESSES)], env=os.environ | house.environment
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(f"http://127.0.0.1:{port}/healthz"):
            _ensure_not_late(deadline, "the web process")
        yield port
    finally:
        server.terminate()
        server.wait(START_SECONDS)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):  # noqa: S310  # our own address
            return True
    except (urllib.error.URLError, OSError):
        return False


def _ensure_not_late(deadline: float, what: str) -> None:
    if time.monotonic() > deadline:
        raise RuntimeError(f"{what} did not come up within {START_SECONDS} s")
    time.sleep(0.05)
