"""One person's responses and the answers in them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import BigKey
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import ref
from config.database import str40
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState


class Response(Base):
    """One member's answers in one campaign. `entry_id` is the queue entry it belongs to: one response each.

    `left_out_at`: since when it is kept and not counted, because a review rejected it.
    `branch_id` and `tier_id` are the member's at the start, so that later moves do not rewrite the past;
    `placeholders` are the values read out in the texts.
    """

    __tablename__ = "responses"
    __table_args__ = (
        UniqueConstraint("entry_id"),
        Index("ix_responses_club_completed", "club_id", "completed_at"),
        Index("ix_responses_member", "member_id"),
        partial_index("ix_responses_left_out", "club_id", "campaign_id", where="left_out_at IS NOT NULL"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    campaign_id: Mapped[ref]
    entry_id: Mapped[ref]
    member_id: Mapped[ref]
    operator_id: Mapped[ref]
    branch_id: Mapped[int | None] = mapped_column(BigKey)
    tier_id: Mapped[int | None] = mapped_column(BigKey)
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[ResponseState] = mapped_column(default=ResponseState.STARTED)
    placeholders: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Which of the possible orders this interview has; None where the questionnaire has one order only.
    order_seed: Mapped[int | None]
    # The question on the screen; None means the first unanswered one on the path.
    cursor: Mapped[str | None] = mapped_column(String(64))
    # Since when it has been there.
    shown_at: Mapped[datetime | None]
    started_at: Mapped[created_at]
    completed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    left_out_at: Mapped[datetime | None]


class Answer(Base):
    """The answer to one question of one response; given again, it is replaced, and its revision grows.

    `number` is the value of a rating or a number, for counting; an amount (rial) is in `value` only, for it may be
    larger than the column. `is_on_path` is false for an answer that a changed earlier answer took off the path: kept,
    not counted.
    """

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("response_id", "question_id"),
        Index("ix_answers_question", "question_id", "response_id"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("version_questions.id"))
    status: Mapped[AnswerStatus]
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    number: Mapped[int | None]
    is_on_path: Mapped[bool] = mapped_column(default=True)
    revision: Mapped[int] = mapped_column(default=1)
    answered_at: Mapped[created_at]


class AnswerChange(Base):
    """One thing that was done with a question: how an answer came to be what it is. Never changed.

    `status` is None for an answer that was taken back. `asked_at` is since when the question had been on the screen,
    None when another one was. `request_key` is the request that did it: sent again it does nothing more.
    """

    __tablename__ = "answer_changes"
    __table_args__ = (UniqueConstraint("response_id", "request_key"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    response_id: Mapped[int] = mapped_column(ForeignKey("responses.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("version_questions.id"))
    operator_id: Mapped[ref]
    status: Mapped[AnswerStatus | None]
    value: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    asked_at: Mapped[datetime | None]
    changed_at: Mapped[created_at]
    request_key: Mapped[str40 | None]
