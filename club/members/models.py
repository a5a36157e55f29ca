"""Members and what the club knows of them."""

from datetime import date
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
from config.database import partial_index
from config.database import rial
from config.database import str16
from config.database import str40
from config.database import str200
from config.database import utcnow


class Gender(StrEnum):
    """As the club recorded it; most clubs do not."""

    FEMALE = "female"
    MALE = "male"


class Branch(Base):
    """A shop of the club. `name_key` is the normalised name: one branch for every spelling."""

    __tablename__ = "branches"
    __table_args__ = (UniqueConstraint("club_id", "name_key"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    name: Mapped[str200]
    name_key: Mapped[str200]


class Tier(Base):
    """A level of membership; a higher `rank` is a better one."""

    __tablename__ = "tiers"
    __table_args__ = (UniqueConstraint("club_id", "name_key"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    name: Mapped[str200]
    name_key: Mapped[str200]
    rank: Mapped[int] = mapped_column(default=0)


class Member(Base):
    """A person in the club, known by the phone number (E.164). `search_key` is the folded name and external id,
    `language` (fa, en) is what they like to be spoken to in, empty when any will do.
    """

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("club_id", "phone"),
        UniqueConstraint("club_id", "external_id"),
        Index("ix_members_club_search", "club_id", "search_key"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    phone: Mapped[str16]
    external_id: Mapped[str | None] = mapped_column(String(64))
    first_name: Mapped[str200] = mapped_column(default="")
    last_name: Mapped[str200] = mapped_column(default="")
    search_key: Mapped[str] = mapped_column(String(500), default="")
    gender: Mapped[Gender | None]
    language: Mapped[str | None] = mapped_column(String(8))
    city: Mapped[str | None] = mapped_column(String(200))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    tier_id: Mapped[int | None] = mapped_column(ForeignKey("tiers.id"))
    birth_date: Mapped[date | None]
    joined_at: Mapped[date | None]
    consent_calls: Mapped[bool] = mapped_column(default=False)
    custom: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[created_at]
    updated_at: Mapped[datetime] = mapped_column(default=utcnow)


class Purchase(Base):
    """What a member bought, where and for how much."""

    __tablename__ = "purchases"
    __table_args__ = (Index("ix_purchases_member_at", "member_id", "purchased_at"),)

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("branches.id"))
    amount_rial: Mapped[rial]
    items: Mapped[str] = mapped_column(String(300), default="")
    purchased_at: Mapped[datetime]


class DoNotCall(Base):
    """A number nobody of this club may dial; without a club it holds for the whole house.

    It holds until it is lifted, and stays as a record of who asked for it and who lifted it, when and why.
    """

    __tablename__ = "do_not_call"
    __table_args__ = (
        # A number is listed once at a time, for a club and for the house.
        partial_index(
            "uq_do_not_call_club", "club_id", "phone", unique=True, where="lifted_at IS NULL AND club_id IS NOT NULL"
        ),
        partial_index("uq_do_not_call_house", "phone", unique=True, where="lifted_at IS NULL AND club_id IS NULL"),
        Index("ix_do_not_call_phone", "phone"),
        CheckConstraint("(lifted_at IS NULL) = (lift_reason IS NULL)", name="lifted_with_reason"),
    )

    id: Mapped[intpk]
    club_id: Mapped[int | None] = mapped_column(ForeignKey("clubs.id"))
    phone: Mapped[str16]
    reason: Mapped[str40]
    note: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[created_at]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    lift_reason: Mapped[str | None] = mapped_column(Text)
