"""Long work that a person started and can find again."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy import Text
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import str200


class JobState(StrEnum):
    """Where a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobRun(Base):
    """One import, one queue build. `report` is what came of it; `error` the sentence for the person when it failed."""

    __tablename__ = "job_runs"

    id: Mapped[intpk]
    club_id: Mapped[club_fk] = mapped_column(index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str40]
    title: Mapped[str200]
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any] | None]
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[created_at]
    finished_at: Mapped[datetime | None]


class OwedJob(Base):
    """Work that follows a transaction and that no other row tells of; gone once it is done.

    At `due_at` it is queued (again), unless it is done by then: when that fails, and when nobody is heard of.
    """

    __tablename__ = "owed_jobs"

    id: Mapped[intpk]
    function: Mapped[str200]
    ids: Mapped[list[Any]]
    timeout_seconds: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)
    is_begun: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[created_at]
