"""Every member who was skipped: by whom, when, and why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import intpk


class SkipReason(StrEnum):
    """Why an operator did not call the member on the desk. `undecided`: the campaign's time to decide ran out."""

    ACQUAINTED = "acquainted"
    BAD_MOMENT = "bad_moment"
    WRONG_RECORD = "wrong_record"
    SOMEBODY_ELSE = "somebody_else"
    OTHER = "other"
    UNDECIDED = "undecided"


class Skip(Base):
    """One member that one operator gave back without a call; `note` says more, and is needed for another reason."""

    __tablename__ = "skips"
    __table_args__ = (
        # Whom an operator skipped lately the claim does not hand to them again.
        Index("ix_skips_operator_skipped", "operator_id", "skipped_at"),
        Index("ix_skips_club_skipped", "club_id", "skipped_at"),
        CheckConstraint("reason <> 'other' OR note <> ''", name="other_has_a_note"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"), index=True)
    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    reason: Mapped[SkipReason]
    note: Mapped[str] = mapped_column(String(200), default="")
    skipped_at: Mapped[datetime]
