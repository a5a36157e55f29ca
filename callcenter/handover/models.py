"""Every interview that went from one desk to another."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import user_fk


class Handover(Base):
    """One interview, from whose desk to whose, and who wanted it. `call_id` is the call that went along, if any."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("ix_handovers_entry", "entry_id", "id"),
        Index("ix_handovers_from", "from_id", "id"),
        Index("ix_handovers_club_asked", "club_id", "asked_at"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    given_by: Mapped[user_fk]
    asked_at: Mapped[created_at]
    done_at: Mapped[datetime | None]
