"""Offers, the promise made to a member during the call, and the ledger."""

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import ref
from config.database import rial
from config.database import str40
from config.database import str200


class Offer(Base):
    """What a completed survey is worth: a fixed amount, raised by a per cent for the tier and near the birthday."""

    __tablename__ = "offers"
    __table_args__ = (
        CheckConstraint("amount_rial > 0", name="amount_positive"),
        CheckConstraint("birthday_percent >= 0", name="birthday_percent_not_negative"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk] = mapped_column(index=True)
    name: Mapped[str200]
    amount_rial: Mapped[rial]
    birthday_percent: Mapped[int] = mapped_column(default=0)
    birthday_days: Mapped[int] = mapped_column(default=7)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[created_at]

    tier_bonuses: Mapped[list["OfferTierBonus"]] = relationship(lazy="selectin", cascade="all, delete-orphan")


class OfferTierBonus(Base):
    """The per cent that a tier adds to an offer."""

    __tablename__ = "offer_tier_bonuses"
    __table_args__ = (
        UniqueConstraint("offer_id", "tier_id"),
        CheckConstraint("percent > 0", name="percent_positive"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"))
    percent: Mapped[int]


class CreditPromise(Base):
    """The amount that was said to the member, with every offer that was weighed. The award pays exactly this."""

    __tablename__ = "credit_promises"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    source: Mapped[str40]
    source_id: Mapped[ref]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    amount_rial: Mapped[rial]
    candidates: Mapped[list[Any]]
    created_at: Mapped[created_at]


class EntryKind(StrEnum):
    """Why a ledger row exists."""

    AWARD = "award"
    REDEEM = "redeem"
    EXPIRE = "expire"
    REVERSE = "reverse"


class LedgerEntry(Base):
    """One movement of credit. Never changed or deleted (a trigger refuses both); a correction is a reversal row."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        # One award per fact: replaying the fact finds the row and does nothing.
        UniqueConstraint("source", "source_id"),
        CheckConstraint("amount_rial <> 0", name="amount_not_zero"),
        Index("ix_ledger_entries_member_id", "member_id", "id"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    kind: Mapped[EntryKind]
    amount_rial: Mapped[rial]
    source: Mapped[str40]
    source_id: Mapped[ref]
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"))
    candidates: Mapped[list[Any]] = mapped_column(default=list)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entries.id"), unique=True)
    created_at: Mapped[created_at]
