"""What is drawn for review, the reviews, and what the reviewed answered. None of these rows is ever changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from callcenter.quality.sampling import Reason
from callcenter.quality.scoring import Verdict
from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import ref
from config.database import str40
from config.database import user_fk

DEFAULT_SHARE_PERCENT = 10
DEFAULT_NEWCOMER_COUNT = 10


class QualityRules(Base):
    """How much a club reviews. `salt` decides the lots of its interviews and stays as it is.

    `share_percent` of each operator's interviews is drawn, and all of the first `newcomer_count`.
    """

    __tablename__ = "quality_rules"
    __table_args__ = (
        CheckConstraint("share_percent BETWEEN 0 AND 100", name="share_in_range"),
        CheckConstraint("newcomer_count BETWEEN 0 AND 1000", name="newcomer_count_in_range"),
    )

    club_id: Mapped[club_fk] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[str40]
    share_percent: Mapped[int] = mapped_column(default=DEFAULT_SHARE_PERCENT)
    newcomer_count: Mapped[int] = mapped_column(default=DEFAULT_NEWCOMER_COUNT)


class QualityDraw(Base):
    """A complete interview, and whether it is reviewed: decided once, when it was completed, by the share of then.

    Without a `reason` it was not drawn. `operator_id` is who completed it.
    """

    __tablename__ = "quality_draws"
    __table_args__ = (
        Index("ix_quality_draws_operator", "club_id", "operator_id", "completed_at"),
        partial_index("ix_quality_draws_drawn", "club_id", "response_id", where="reason IS NOT NULL"),
    )

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), primary_key=True, autoincrement=False)
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    entry_id: Mapped[ref]
    operator_id: Mapped[ref]
    completed_at: Mapped[datetime]
    share_percent: Mapped[int]
    reason: Mapped[Reason | None]


class Review(Base):
    """What one person found in one interview, as it was submitted: `marks` is {item: mark}."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("response_id", "reviewer_id"),
        Index("ix_reviews_club_submitted", "club_id", "submitted_at"),
        Index("ix_reviews_operator", "operator_id", "id"),
        CheckConstraint("points >= 0", name="points_not_negative"),
        CheckConstraint("reviewer_id <> operator_id", name="not_ones_own"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    completed_at: Mapped[datetime]
    operator_id: Mapped[user_fk]
    reviewer_id: Mapped[user_fk]
    submitted_at: Mapped[created_at]
    marks: Mapped[dict[str, Any]]
    is_fabricated: Mapped[bool]
    points: Mapped[int]
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(Text)


class ReviewReading(Base):
    """Who read what others found in an interview that they had not reviewed themselves: they review it no more."""

    __tablename__ = "review_readings"

    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[user_fk] = mapped_column(primary_key=True, autoincrement=False)
    club_id: Mapped[club_fk]
    read_at: Mapped[created_at]


class ReviewComment(Base):
    """A remark of a review; `second` is where in the recording, None where it is about no moment."""

    __tablename__ = "review_comments"
    __table_args__ = (CheckConstraint("second >= 0", name="second_not_negative"),)

    id: Mapped[intpk]
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), index=True)
    recording_id: Mapped[int | None] = mapped_column(ForeignKey("recordings.id"))
    second: Mapped[int | None]
    text: Mapped[str] = mapped_column(String(500))


class ReviewAnswer(Base):
    """What the operator said to a review, once."""

    __tablename__ = "review_answers"

    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"), primary_key=True, autoincrement=False)
    operator_id: Mapped[user_fk]
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[created_at]
