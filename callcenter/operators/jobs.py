"""The clock's work for operators."""

from __future__ import annotations

from callcenter.operators import states
from config.database import db
from config.database import utcnow


def mark_away() -> None:
    """Mark those as away whose screen is gone."""
    states.go_away(now=utcnow())
    db.session.commit()
