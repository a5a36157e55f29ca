"""Objections and their answers, for each club."""

from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import intpk


class Objection(Base):
    """Something that members of a club object, and what the operator says to it, in both languages.

    In the order of the desk's keys. Replies may name {club}, {branch}, {operator} and {member}.
    """

    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_club_position", "club_id", "position"),)

    id: Mapped[intpk]
    club_id: Mapped[int] = mapped_column(ForeignKey("clubs.id"))
    position: Mapped[int]
    title_fa: Mapped[str] = mapped_column(String(80))
    title_en: Mapped[str] = mapped_column(String(80))
    reply_fa: Mapped[str] = mapped_column(String(600))
    reply_en: Mapped[str] = mapped_column(String(600))
    is_offered: Mapped[bool] = mapped_column(default=True)
