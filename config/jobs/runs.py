"""Long work that a person can leave and find again: its row, its progress, its end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

import redis
from sqlalchemy import select

from config import live
from config.database import db
from config.errors import NotFoundError
from config.jobs.models import JobRun
from config.jobs.models import JobState

if TYPE_CHECKING:
    from datetime import datetime

PROGRESS_KEY = "hamseda:progress:"
PROGRESS_KEPT_SECONDS = 86400
# The error of a run whose job failed in a way that nobody foresaw.
CRASHED = "crashed"


@dataclass(frozen=True)
class Progress:
    """How many of how many steps are done; `total` 0 means that nobody knows yet."""

    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        """Whole per cent, 0 while the total is unknown."""
        return min(100, self.done * 100 // self.total) if self.total else 0


def start(club_id: int, *, user_id: int | None, kind: str, title: str, parameters: dict[str, Any]) -> int:
    """Write the row of a new piece of long work; returns its id."""
    run = JobRun(club_id=club_id, user_id=user_id, kind=kind, title=title, parameters=parameters)
    db.session.add(run)
    db.session.flush()
    return run.id


def get(run_id: int, *, club_ids: list[int] | None = None) -> JobRun:
    """The run, if it belongs to one of `club_ids` (None: any club). Raises NotFoundError."""
    run = db.session.get(JobRun, run_id)
    if run is None or (club_ids is not None and run.club_id not in club_ids):
        raise NotFoundError("There is no such piece of work.")
    return run


def latest(club_id: int, kind: str, *, limit: int) -> list[JobRun]:
    """The newest runs of one kind in a club."""
    query = select(JobRun).where(JobRun.club_id == club_id, JobRun.kind == kind).order_by(JobRun.id.desc())
    return list(db.session.scalars(query.limit(limit)))


def waiting(kind: str, *, since_before: datetime) -> list[int]:
    """The ids of the runs of one kind that nobody has begun, made before that time; in any club."""
    query = select(JobRun.id).where(JobRun.kind == kind, JobRun.state == JobState.WAITING)
    return list(db.session.scalars(query.where(JobRun.created_at < since_before).order_by(JobRun.id)))


def begin(run_id: int) -> JobRun:
    """Mark the run as running."""
    run = get(run_id)
    run.state = JobState.RUNNING
    return run


def finish(run_id: int, *, report: dict[str, Any], now: datetime) -> None:
    """Mark the run as done and keep its report."""
    run = get(run_id)
    run.state, run.report, run.finished_at = JobState.DONE, report, now
    live.publish_after_commit(f"job:{run_id}", {"state": run.state.value})


def fail(run_id: int, *, error: str, now: datetime) -> None:
    """Mark the run as failed, with a sentence for the person who started it."""
    run = get(run_id)
    run.state, run.error, run.finished_at = JobState.FAILED, error, now
    live.publish_after_commit(f"job:{run_id}", {"state": run.state.value})


def tell_progress(run_id: int, done: int, total: int) -> None:
    """Show how far a run is. Kept in Redis: a row would need a second transaction beside the work's own."""
    progress = {"done": done, "total": total}
    try:
        live.quick_redis().set(PROGRESS_KEY + str(run_id), json.dumps(progress), ex=PROGRESS_KEPT_SECONDS)
    except redis.RedisError:
        return
    live.publish(f"job:{run_id}", progress)


def progress_of(run_id: int) -> Progress:
    """How far a run is, as far as Redis knows."""
    try:
        text = live.quick_redis().get(PROGRESS_KEY + str(run_id))
    except redis.RedisError:
        return Progress()
    return Progress(**json.loads(str(text, "utf-8"))) if isinstance(text, bytes) else Progress()
