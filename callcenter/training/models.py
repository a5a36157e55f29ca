"""What operators learn, the steps they took, their certificates, and the campaigns that ask for one."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import Text
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str16
from config.database import user_fk


class StepKind(StrEnum):
    """What an operator does on the way to a certificate."""

    READ = "read"
    PRACTICE = "practice"
    QUIZ = "quiz"
    CHECKLIST = "checklist"


class TrainingRules(Base):
    """What a club asks of its operators' training; without a row the defaults hold.

    A certificate holds for `months`. `change_percent`: a version of which more of the words are new asks for a
    refresher. A quiz is passed with `quiz_percent` of its questions right.
    """

    __tablename__ = "training_rules"
    __table_args__ = (
        CheckConstraint("months BETWEEN 1 AND 60", name="months_in_range"),
        CheckConstraint("change_percent BETWEEN 0 AND 100", name="change_percent_in_range"),
        CheckConstraint("quiz_percent BETWEEN 1 AND 100", name="quiz_percent_in_range"),
    )

    club_id: Mapped[club_fk] = mapped_column(primary_key=True, autoincrement=False)
    months: Mapped[int] = mapped_column(default=12)
    change_percent: Mapped[int] = mapped_column(default=20)
    quiz_percent: Mapped[int] = mapped_column(default=80)


class TrainingMaterial(Base):
    """What operators read about a survey beside the survey itself, from version `number` on until a later one has its
    own.
    """

    __tablename__ = "training_materials"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    text_fa: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[created_at]
    changed_by: Mapped[user_fk]


class QuizQuestion(Base):
    """A question about a survey, made by those who know it; the first of its `choices` ({fa, en}) is right.

    One that was asked is switched off, never deleted.
    """

    __tablename__ = "quiz_questions"

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    text_fa: Mapped[str] = mapped_column(String(300))
    text_en: Mapped[str] = mapped_column(String(300))
    choices: Mapped[list[Any]]
    is_used: Mapped[bool] = mapped_column(default=True)


class TrainingStep(Base):
    """A step that an operator took, passed or not; each time a row.

    `detail` is what was chosen in the quiz or marked on the checklist; `scored_by` is who filled the latter in.
    """

    __tablename__ = "training_steps"
    __table_args__ = (Index("ix_training_steps_operator_survey", "operator_id", "survey_id"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    number: Mapped[int]
    kind: Mapped[StepKind]
    taken_at: Mapped[created_at]
    percent: Mapped[int | None]
    is_passed: Mapped[bool]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    scored_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Certificate(Base):
    """An operator may call for a survey until a day: learnt in its version `number`. Rows are never changed.

    `given_by` is empty for one that was earned, step by step; `note` is why somebody gave it without the steps.
    """

    __tablename__ = "certificates"
    __table_args__ = (Index("ix_certificates_operator_survey", "operator_id", "survey_id"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    number: Mapped[int]
    given_at: Mapped[created_at]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(String(300), default="")
    until: Mapped[datetime]


class CertificateRevocation(Base):
    """A certificate that was taken back before its time, by whom and why."""

    __tablename__ = "certificate_revocations"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), primary_key=True, autoincrement=False)
    club_id: Mapped[club_fk]
    revoked_at: Mapped[created_at]
    revoked_by: Mapped[user_fk]
    reason: Mapped[str] = mapped_column(String(300))


class CampaignCertificate(Base):
    """A campaign gives its members to certified operators alone.

    Computed ahead, so that the claim only compares: the campaign's survey, and the oldest of its versions in which a
    certificate may have been learnt (`from_number`), for since then the wording has not changed much.
    """

    __tablename__ = "campaign_certificates"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    club_id: Mapped[club_fk]
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    from_number: Mapped[int]


class PracticeRun(Base):
    """A trial interview with a simulated member: kept here alone, and no response, call or queue entry beside it.

    `seed` is what the member says; `state` is how far it is: answers, cursor, what was asked again, the reply chosen.
    """

    __tablename__ = "practice_runs"

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"), index=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("survey_versions.id"))
    number: Mapped[int]
    persona: Mapped[str16]
    seed: Mapped[int]
    language: Mapped[str16]
    state: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[created_at]
    finished_at: Mapped[datetime | None]
