"""Campaigns."""

from datetime import date
from datetime import datetime
from datetime import time
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import str200
from config.settings import FIRST_LINE


class CampaignState(StrEnum):
    """Only a running campaign hands out entries."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    CLOSED = "closed"


class DiallingMode(StrEnum):
    """Who begins the call: the operator, after a look at the member; or the system, as soon as they are ready."""

    PREVIEW = "preview"
    PROGRESSIVE = "progressive"


class Campaign(Base):
    """Whom to call for which survey, at which hours, how often.

    `sample` narrows the members: `branch_ids`, `tier_ids`, `purchased_within_days`. `opens_at` and `closes_at` are
    clock times in the club's zone; `rest_days` is the least number of days since the member's last interview;
    a lower `priority` number is served first. `decide_seconds` limits the look at a member in preview, and
    `wrap_up_seconds` the wrap-up of each call. `calls_others`: those of no quota cell are called too.
    `best_time`: of those due, who is likely to answer goes first. `line` names the exchange whose operators call.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        UniqueConstraint("club_id", "name"),
        CheckConstraint("opens_at < closes_at", name="hours_in_order"),
        CheckConstraint("max_attempts >= 1", name="max_attempts_positive"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    name: Mapped[str200]
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    state: Mapped[CampaignState] = mapped_column(default=CampaignState.DRAFT)
    sample: Mapped[dict[str, Any]] = mapped_column(default=dict)
    opens_at: Mapped[time]
    closes_at: Mapped[time]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    max_attempts: Mapped[int] = mapped_column(default=6)
    rest_days: Mapped[int] = mapped_column(default=30)
    priority: Mapped[int] = mapped_column(default=50)
    calls_others: Mapped[bool] = mapped_column(default=False)
    best_time: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[created_at]
    built_at: Mapped[datetime | None]
    build_report: Mapped[dict[str, Any] | None]
    dialling_mode: Mapped[DiallingMode] = mapped_column(default=DiallingMode.PREVIEW)
    decide_seconds: Mapped[int | None]
    wrap_up_seconds: Mapped[int | None]
    line: Mapped[str40] = mapped_column(default=FIRST_LINE)
