"""The work of this room that nobody waits for."""

from __future__ import annotations

from callcenter.integrity import judging
from config.database import db
from config.database import utcnow


def compare(response_id: int) -> None:
    """Judge a complete interview beside the others of its version; done again it says nothing new. Commits."""
    judging.judge_in_company(response_id, now=utcnow())
    db.session.commit()
