"""Skills: the house's list, who has which, and what a campaign asks for."""

from sqlalchemy import BigInteger
from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import created_at
from config.database import str40


class Skill(Base):
    """Something that not every operator can do. One list for the house: an operator may work for several clubs.

    `mask` is a power of two of its own: what an entry of the queue needs is one number, the sum of these. While a
    skill is not `is_used`, everybody counts as having it; it is never deleted. New operators have those that are
    `is_given_first`.
    """

    __tablename__ = "skills"
    __table_args__ = (CheckConstraint("mask > 0", name="mask_positive"),)

    code: Mapped[str40] = mapped_column(primary_key=True)
    mask: Mapped[int] = mapped_column(BigInteger, unique=True)
    name_fa: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    is_used: Mapped[bool] = mapped_column(default=True)
    is_given_first: Mapped[bool] = mapped_column(default=False)


class OperatorSkill(Base):
    """An operator has a skill; `given_by` is empty for what they began with."""

    __tablename__ = "operator_skills"

    operator_id: Mapped[int] = mapped_column(ForeignKey("operators.user_id"), primary_key=True, autoincrement=False)
    skill: Mapped[str40] = mapped_column(ForeignKey("skills.code"), primary_key=True)
    given_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    given_at: Mapped[created_at]


class CampaignSkill(Base):
    """Every member of a campaign needs a skill."""

    __tablename__ = "campaign_skills"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True, autoincrement=False)
    skill: Mapped[str40] = mapped_column(ForeignKey("skills.code"), primary_key=True)
    club_id: Mapped[club_fk]
