"""When each periodic work is due next."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped
from sqlalchemy.orm import mapped_column

from config.database import Base


class PeriodicRun(Base):
    """One periodic work. Whoever moves `due_at` on does the work: of two clocks only one can."""

    __tablename__ = "periodic_runs"

    name: Mapped[str] = mapped_column(String(200), primary_key=True)
    due_at: Mapped[datetime]
