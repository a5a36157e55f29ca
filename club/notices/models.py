"""The outbox: texts written in the transaction of the fact they tell, sent afterwards."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import Text
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import ref
from config.database import str16
from config.database import str40


class NoticeState(StrEnum):
    """Whether a text has left the house."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Notice(Base):
    """One text message to one member; unique by the fact it tells, so that nobody reads it twice."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("kind", "source_id"),
        Index("ix_notices_state_next", "state", "next_attempt_at"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[str40]
    source_id: Mapped[ref]
    phone: Mapped[str16]
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.PENDING)
    attempt_count: Mapped[int] = mapped_column(default=0)
    next_attempt_at: Mapped[created_at]
    last_error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[created_at]
    sent_at: Mapped[datetime | None]
