"""The queue: one entry for each member of a campaign, and quota cells with their seats."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import partial_index


class EntryState(StrEnum):
    """Where an entry stands: waiting for its time, held by an operator, or closed with a final outcome."""

    WAITING = "waiting"
    LEASED = "leased"
    CLOSED = "closed"


class CellKind(StrEnum):
    """What the conditions of a quota cell are about."""

    MEMBERS = "members"
    ANSWERS = "answers"


class QuotaCell(Base):
    """How many completes of one kind are wanted. `facets` are the conditions: on facets of the member, or on answers.

    A seat is reserved with the claim, or as soon as the answers are known, so overshoot is impossible: triggers on
    `queue_entries` move `reserved_count` and `completed_count`; the check below refuses one too many.
    """

    __tablename__ = "quota_cells"
    __table_args__ = (
        CheckConstraint("reserved_count >= 0 AND completed_count >= 0", name="counts_not_negative"),
        CheckConstraint("reserved_count + completed_count <= target_count", name="no_overshoot"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    kind: Mapped[CellKind] = mapped_column(default=CellKind.MEMBERS)
    facets: Mapped[dict[str, Any]]
    target_count: Mapped[int]
    reserved_count: Mapped[int] = mapped_column(default=0)
    completed_count: Mapped[int] = mapped_column(default=0)

    @hybrid_property
    def is_full(self) -> bool:
        """Whether no seat is left; in a query too."""
        return self.reserved_count + self.completed_count >= self.target_count


class QueueEntry(Base):
    """One member to be called for one campaign. `due_at` is computed ahead, so that the claim only compares it;
    of those due, a lower `priority` number goes first.

    `outcome` is the AAPOR code, temporary while waiting, final once closed. `attempt_count` counts calls in which the
    member's line was really dialled. `callback_at` is the time the member asked for: an exact one, or with
    `callback_until` any time until then; with `callback_operator_id` it is one operator's alone until it is missed,
    at `callback_missed_at`. `is_barred`: closed because the member is not to be called; it waits again when that is
    lifted. `rest_until`: until then the club's rules leave the member in peace, and `due_at` is not before it.
    `cell_id` is the quota cell that the member belongs to, `answer_cell_id` the one of the answers: while the entry is
    held or complete it has a seat there; of an entry closed as 4.80 it is the full one that ended the interview.
    `needs` is the sum of the masks of the skills that the call needs; `refused_operator_id` is who was refused, and
    does not ask again.
    """

    __tablename__ = "queue_entries"
    __table_args__ = (
        UniqueConstraint("campaign_id", "member_id"),
        # A member is held by one operator in one campaign at a time, and an operator holds one member.
        partial_index("uq_queue_entries_leased_member", "member_id", unique=True, where="state = 'leased'"),
        partial_index("uq_queue_entries_leased_operator", "operator_id", unique=True, where="state = 'leased'"),
        # The claim reads the head of a pool in this index; its columns are the claim's ORDER BY.
        partial_index(
            "ix_queue_entries_claim",
            "campaign_id",
            "cell_id",
            "needs",
            "priority",
            "due_at",
            "id",
            where="state = 'waiting'",
        ),
        partial_index("ix_queue_entries_lease", "lease_until", where="state = 'leased'"),
        Index("ix_queue_entries_member", "member_id"),
        # A member has one promised call, whatever campaigns they are in.
        partial_index(
            "uq_queue_entries_promised_member",
            "member_id",
            unique=True,
            where="state <> 'closed' AND callback_at IS NOT NULL",
        ),
        partial_index(
            "ix_queue_entries_callback", "callback_at", where="state = 'waiting' AND callback_at IS NOT NULL"
        ),
        CheckConstraint("(state = 'leased') = (lease_until IS NOT NULL)", name="lease_has_end"),
        CheckConstraint("state <> 'leased' OR operator_id IS NOT NULL", name="lease_has_operator"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    cell_id: Mapped[int | None] = mapped_column(ForeignKey("quota_cells.id"))
    answer_cell_id: Mapped[int | None] = mapped_column(ForeignKey("quota_cells.id"))
    state: Mapped[EntryState] = mapped_column(default=EntryState.WAITING)
    priority: Mapped[int] = mapped_column(default=50)
    due_at: Mapped[created_at]
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.user_id"))
    leased_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempt_count: Mapped[int] = mapped_column(default=0)
    callback_at: Mapped[datetime | None]
    callback_until: Mapped[datetime | None]
    callback_operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.user_id"))
    callback_missed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(8))
    note: Mapped[str] = mapped_column(String(1000), default="")
    created_at: Mapped[created_at]
    closed_at: Mapped[datetime | None]
    is_barred: Mapped[bool] = mapped_column(default=False)
    rest_until: Mapped[datetime | None]
    needs: Mapped[int] = mapped_column(BigInteger, default=0)
    refused_operator_id: Mapped[int | None] = mapped_column(ForeignKey("operators.user_id"))
