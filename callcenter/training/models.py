"""Certificates, and the campaigns that ask for one."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import user_fk


class TrainingRules(Base):
    """What a club asks of its operators' training; without a row the defaults hold.

    A certificate holds for `months`. `change_percent`: a version of which more of the words are new asks for a
    refresher.
    """

    __tablename__ = "training_rules"
    __table_args__ = (
        CheckConstraint("months BETWEEN 1 AND 60", name="months_in_range"),
        CheckConstraint("change_percent BETWEEN 0 AND 100", name="change_percent_in_range"),
    )

    club_id: Mapped[club_fk] = mapped_column(primary_key=True, autoincrement=False)
    months: Mapped[int] = mapped_column(default=12)
    change_percent: Mapped[int] = mapped_column(default=20)


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
