"""What the house needs to work, looked at one by one: for /readyz and for the doctor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import redis
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from rq import Worker
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config.database import db
from config.live import quick_redis
from config.processes import heartbeats
from config.processes.worker import ALIVE_SECONDS
from config.settings import FIRST_LINE

if TYPE_CHECKING:
    from config.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One part of the house: well, or what is wrong and how to mend it."""

    part: str
    is_well: bool
    what: str
    mend: str = ""


def database() -> Finding:
    """Whether the database answers."""
    shown = db.engine.url.render_as_string(hide_password=True)
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        first = (str(getattr(error, "orig", error)).strip().splitlines() or ["no reason given"])[0]
        return Finding("database", False, f"{shown}: {first}", "Start the database or correct HAMSEDA_DATABASE_URL.")
    finally:
        db.session.rollback()
    return Finding("database", True, shown)


def migrations() -> Finding:
    """Whether the tables are those of this version."""
    wanted = _newest_migration(current_app.extensions["migrate"].directory)
    try:
        there = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError:
        return Finding("migrations", False, "the database does not answer", "Mend the database first.")
    finally:
        db.session.rollback()
    if there == wanted:
        return Finding("migrations", True, f"at {there}")
    what = f"the tables are at {there}, not {wanted}" if there else "there are no tables yet"
    return Finding("migrations", False, what, "Run `hamseda db upgrade`.")


@cache
def _newest_migration(directory: str) -> str | None:
    return ScriptDirectory(str(Path(directory))).get_current_head()


def redis_server() -> Finding:
    """Whether Redis answers."""
    url = str(current_app.config["REDIS_URL"])
    shown = url.rpartition("@")[2] if "@" in url else url
    try:
        quick_redis().ping()
    except redis.RedisError as error:
        return Finding("redis", False, f"{shown}: {str(error).rstrip('.')}", _redis_mend())
    return Finding("redis", True, shown)


def _redis_mend() -> str:
    if current_app.config["SETTINGS"].has_embedded_redis:
        return "Start `hamseda run`, which brings a Redis of its own, or name one in HAMSEDA_REDIS_URL."
    return "Start Redis or correct HAMSEDA_REDIS_URL."


def worker() -> Finding:
    """Whether at least one worker shows that it lives."""
    try:
        alive = [one for one in Worker.all(connection=quick_redis()) if _is_alive(one.last_heartbeat)]
    except redis.RedisError:
        return Finding("worker", False, "Redis does not answer", "Mend Redis first.")
    if not alive:
        return Finding("worker", False, "no worker is running", "Start `hamseda worker`.")
    return Finding("worker", True, f"{len(alive)} running")


def _is_alive(last_heartbeat: datetime | None) -> bool:
    if last_heartbeat is None:
        return False
    seen = last_heartbeat if last_heartbeat.tzinfo else last_heartbeat.replace(tzinfo=UTC)
    return (datetime.now(UTC) - seen).total_seconds() < ALIVE_SECONDS


def clock() -> Finding:
    """Whether a clock process lives."""
    return _pulse("clock", "hamseda clock")


def pbx(line: str = FIRST_LINE) -> Finding:
    """Whether the pbx process of a line lives."""
    command = "hamseda pbx" if line == FIRST_LINE else f"hamseda pbx --line {line}"
    return _pulse(heartbeats.of_line("pbx", line), command)


def _pulse(process: str, command: str) -> Finding:
    try:
        is_beating = heartbeats.is_beating(process)
    except redis.RedisError:
        return Finding(process, False, "Redis does not answer", "Mend Redis first.")
    if not is_beating:
        return Finding(process, False, f"no {process} process is running", f"Start `{command}`.")
    return Finding(process, True, "running")


def look() -> list[Finding]:
    """Everything, one after the other; a pbx process for each line."""
    settings: Settings = current_app.config["SETTINGS"]
    return [*(check() for check in (database, migrations, redis_server, worker, clock)), *map(pbx, settings.line_names)]
