"""A completed interview is drawn for review, or it is not: decided once, in the transaction that completes it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select

from callcenter.quality import rules
from callcenter.quality import sampling
from callcenter.quality.models import QualityDraw
from config.database import db
from surveys.interviews import queries as interviews


def on_response_completed(*, response_id: int, club_id: int, member_id: int, completed_at: datetime) -> None:  # noqa: ARG001 -- the signal's facts
    """Keep whether this interview is reviewed, and why."""
    line = interviews.get(club_id, response_id)
    kept, salt = rules.with_salt(club_id)
    db.session.add(
        QualityDraw(
            response_id=response_id,
            club_id=club_id,
            campaign_id=line.campaign_id,
            entry_id=line.entry_id,
            operator_id=line.operator_id,
            completed_at=completed_at,
            share_percent=kept.share_percent,
            reason=sampling.reason(
                response_id,
                salt=salt,
                share_percent=kept.share_percent,
                newcomer_count=kept.newcomer_count,
                completed_before=_completed_count(club_id, line.operator_id, kept.newcomer_count),
            ),
        )
    )


def _completed_count(club_id: int, operator_id: int, at_most: int) -> int:
    """How many interviews the operator has completed in the club, counted no further than `at_most`."""
    own = select(QualityDraw.response_id).where(QualityDraw.club_id == club_id, QualityDraw.operator_id == operator_id)
    return db.session.scalar(select(func.count()).select_from(own.limit(at_most).subquery())) or 0
