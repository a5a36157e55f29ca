"""Every interview that went from one desk to another."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index
from config.database import str40
from config.database import user_fk


class Handover(Base):
    """One interview, from whose desk to whose, and who wanted it. `call_id` is the call that goes along, if any.

    `done_at` is when it was theirs; a hand-over that ended without it came to nothing, for the reason in `failure`.
    Of a live call, `channel_id` is our id of the taker's leg, and `extension` their phone. It is joined with the member
    once it was answered (`answered_at`) and that is wanted (`confirmed_at`): when `is_attended`, giver and taker talk
    first, while the member waits.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        Index("ix_handovers_entry", "entry_id", "id"),
        Index("ix_handovers_from", "from_id", "id"),
        Index("ix_handovers_club_asked", "club_id", "asked_at"),
        # One at a time of a member, and to a desk.
        partial_index("uq_handovers_open_entry", "entry_id", unique=True, where="ended_at IS NULL"),
        partial_index("uq_handovers_open_taker", "to_id", unique=True, where="ended_at IS NULL"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    entry_id: Mapped[int] = mapped_column(ForeignKey("queue_entries.id"))
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"))
    given_by: Mapped[user_fk]
    is_attended: Mapped[bool] = mapped_column(default=False)
    channel_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    extension: Mapped[str | None] = mapped_column(String(40))
    asked_at: Mapped[created_at]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str40 | None]
