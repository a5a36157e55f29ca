"""Clubs, users and which clubs a user belongs to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column
from sqlalchemy.orm import relationship

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import intpk
from config.database import str40
from config.database import str200


class Role(StrEnum):
    """What a person does in the house."""

    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    CLUB_STAFF = "club_staff"
    ADMINISTRATOR = "administrator"


class Club(Base):
    """A business with a customer club. Everything about members, surveys, calls and credit carries its id."""

    __tablename__ = "clubs"

    id: Mapped[intpk]
    slug: Mapped[str40] = mapped_column(unique=True)
    name: Mapped[str200]
    time_zone: Mapped[str40] = mapped_column(default="Asia/Tehran")
    created_at: Mapped[created_at]


class Membership(Base):
    """A user's place in a club. Administrators need none: they see every club."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "club_id"),)

    id: Mapped[intpk]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    club_id: Mapped[club_fk] = mapped_column(index=True)


class User(Base):
    """A person who signs in. `language` is fa or en once chosen, `session_epoch` ends all sessions when raised."""

    __tablename__ = "users"

    id: Mapped[intpk]
    email: Mapped[str200] = mapped_column(unique=True)
    name: Mapped[str200]
    role: Mapped[Role]
    password_hash: Mapped[str200]
    language: Mapped[str | None] = mapped_column(String(8))
    session_epoch: Mapped[int] = mapped_column(default=0)
    is_enabled: Mapped[bool] = mapped_column(default=True)
    last_seen_at: Mapped[datetime | None]
    created_at: Mapped[created_at]

    memberships: Mapped[list[Membership]] = relationship()
