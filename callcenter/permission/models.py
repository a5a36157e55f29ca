"""What keeps members of a club from being called."""

from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import str40
from config.database import str200


class CampaignExclusion(Base):
    """A member who is not to be called for one campaign, until that is lifted; the row stays as its record."""

    __tablename__ = "campaign_exclusions"
    __table_args__ = (
        # A member is left out of a campaign once at a time.
        partial_index(
            "uq_campaign_exclusions_holding", "campaign_id", "member_id", unique=True, where="lifted_at IS NULL"
        ),
        Index("ix_campaign_exclusions_member", "member_id"),
        CheckConstraint("(lifted_at IS NULL) = (lift_reason IS NULL)", name="lifted_with_reason"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    reason: Mapped[str200]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[created_at]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lift_reason: Mapped[str200 | None]


class CallingRules(Base):
    """How a club treats all its members, over all its campaigns; a club without a row has the defaults of `rules`.

    `interview_days` is the least number of days between two interviews with a member, `weekly_attempts` how often a
    member's phone may ring in seven days, `rest_weekdays` the days (from Saturday = 0) on which nobody is called.
    """

    __tablename__ = "calling_rules"
    __table_args__ = (
        CheckConstraint("interview_days >= 0", name="interview_days_not_negative"),
        CheckConstraint("weekly_attempts >= 1", name="weekly_attempts_positive"),
    )

    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"), primary_key=True)
    interview_days: Mapped[int]
    weekly_attempts: Mapped[int]
    rest_weekdays: Mapped[list[Any]]


class Holiday(Base):
    """A day on which a club calls nobody."""

    __tablename__ = "holidays"
    __table_args__ = (UniqueConstraint("club_id", "day"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    day: Mapped[date]
    name_fa: Mapped[str200]
    name_en: Mapped[str200]


class CallingPeriod(Base):
    """Days on which all campaigns of a club call at these hours instead of their own; a day may be in several."""

    __tablename__ = "calling_periods"
    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="days_in_order"),
        CheckConstraint("opens_at < closes_at", name="hours_in_order"),
        Index("ix_calling_periods_club_ends_on", "club_id", "ends_on"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opens_at: Mapped[time]
    closes_at: Mapped[time]
    name_fa: Mapped[str200]
    name_en: Mapped[str200]


class MemberHours(Base):
    """When a member wants to be called; a member without a row is called at any hour of a campaign.

    `windows` is a list of `weekdays` (from Saturday = 0), `opens_at` and `closes_at` as HH:MM, on the clock of
    `time_zone` (None: the club's).
    """

    __tablename__ = "member_hours"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), primary_key=True)
    club_id: Mapped[club_fk]
    time_zone: Mapped[str40 | None]
    windows: Mapped[list[Any]]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[created_at]
