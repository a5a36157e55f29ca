"""Supervisors' phones, and every time one of them was on a call."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import str40


class Manner(StrEnum):
    """How a supervisor is on a call: heard by nobody, by the operator alone, or by both."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"


class SupervisorPhone(Base):
    """The extension at which a supervisor listens."""

    __tablename__ = "supervisor_phones"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    extension: Mapped[str40] = mapped_column(unique=True)


class Listening(Base):
    """One time that a supervisor was on a call, or tried to be.

    `channel_id` is ours, of the supervisor's leg. `started_at` is when the exchange let them hear; a row that ended
    without it came to nothing, for the reason in `failure`.
    """

    __tablename__ = "listenings"
    __table_args__ = (
        # Nobody listens to two calls at a time.
        partial_index("uq_listenings_open_supervisor", "supervisor_id", unique=True, where="ended_at IS NULL"),
        Index("ix_listenings_club_requested", "club_id", "requested_at"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"), index=True)
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    manner: Mapped[Manner]
    extension: Mapped[str40]
    channel_id: Mapped[str40] = mapped_column(unique=True)
    requested_at: Mapped[created_at]
    sent_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    end_requested_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str40 | None]
