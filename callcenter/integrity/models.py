"""Interviews that somebody has to look at, why, and what was decided about them."""

from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from callcenter.integrity.scoring import FlagKind
from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import ref
from config.database import user_fk


class Verdict(StrEnum):
    """What a review says of an interview."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class IntegrityRules(Base):
    """The thresholds of a club, as in `scoring.Thresholds`; a club without a row has the defaults."""

    __tablename__ = "integrity_rules"

    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"), primary_key=True)
    words_per_second: Mapped[int]
    median_percent: Mapped[int]
    median_interviews: Mapped[int]
    straight_ratings: Mapped[int]
    off_call_answers: Mapped[int]
    off_call_seconds: Mapped[int]
    talk_seconds: Mapped[int]
    operator_distance: Mapped[int]
    operator_interviews: Mapped[int]


class FlaggedInterview(Base):
    """An interview against which something speaks. `is_held`: its credit was not paid at completion, and waits."""

    __tablename__ = "flagged_interviews"
    __table_args__ = (
        UniqueConstraint("response_id"),
        Index("ix_flagged_interviews_club", "club_id", "id"),
        Index("ix_flagged_interviews_member", "member_id"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    response_id: Mapped[ref]
    version_id: Mapped[ref]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    operator_id: Mapped[user_fk]
    is_held: Mapped[bool]
    completed_at: Mapped[created_at]


class IntegrityFlag(Base):
    """One thing that speaks against an interview, said once; `figures` are those of `scoring.Flag`."""

    __tablename__ = "integrity_flags"
    __table_args__ = (UniqueConstraint("flagged_id", "kind"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    flagged_id: Mapped[int] = mapped_column(ForeignKey("flagged_interviews.id"))
    kind: Mapped[FlagKind]
    figures: Mapped[dict[str, Any]]
    found_at: Mapped[created_at]


class IntegrityDecision(Base):
    """What was decided about a flagged interview. Never changed (a trigger refuses it): a further row changes it.

    `number` counts the decisions about one interview; the last one holds. `ledger_entry_id` is what it wrote into the
    ledger: an award, a reversal, or nothing.
    """

    __tablename__ = "integrity_decisions"
    __table_args__ = (
        # Of two who decide at once, one is first.
        UniqueConstraint("flagged_id", "number"),
        CheckConstraint("verdict = 'accepted' OR reason <> ''", name="rejected_with_reason"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    flagged_id: Mapped[int] = mapped_column(ForeignKey("flagged_interviews.id"))
    number: Mapped[int]
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[user_fk]
    ledger_entry_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"))
    decided_at: Mapped[created_at]
