"""What a campaign chose for its outcomes."""

from sqlalchemy import CheckConstraint
from sqlalchemy import ForeignKey
from sqlalchemy import String
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base
from config.database import club_fk
from config.database import intpk


class CampaignOutcome(Base):
    """The rule for one AAPOR code in one campaign, kept only where it differs from the default."""

    __tablename__ = "campaign_outcomes"
    __table_args__ = (
        UniqueConstraint("campaign_id", "code"),
        CheckConstraint("retry_minutes >= 0", name="retry_not_negative"),
        CheckConstraint("most_times IS NULL OR most_times >= 1", name="most_times_positive"),
    )

    id: Mapped[intpk]
    club_id: Mapped[club_fk]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    code: Mapped[str] = mapped_column(String(8))
    retry_minutes: Mapped[int]
    most_times: Mapped[int | None]
    needs_note: Mapped[bool]
    is_offered: Mapped[bool]
