"""Two reviewers agree or differ only if neither knew what the other found: who may review sees the reviews of an
interview after their own, or reads them and reviews it no more. Nothing here commits.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists
from sqlalchemy import select
from sqlalchemy import union

from callcenter.quality.models import Review
from callcenter.quality.models import ReviewReading
from callcenter.quality.reading import ReviewLine
from config.database import add_if_new
from config.database import db


def sealed(lines: Sequence[ReviewLine], reviewer_id: int) -> set[int]:
    """The interviews of these reviews of which a person who may review does not see what was found, by their ids."""
    others = {line.response_id for line in lines if line.operator_id != reviewer_id}
    known = union(
        select(Review.response_id).where(Review.reviewer_id == reviewer_id, Review.response_id.in_(others)),
        select(ReviewReading.response_id).where(
            ReviewReading.user_id == reviewer_id, ReviewReading.response_id.in_(others)
        ),
    )
    return others - set(db.session.scalars(known))


def open_up(lines: Sequence[ReviewLine], reader_id: int, *, now: datetime) -> None:
    """Let a person read what was found in these interviews, who gives up reviewing them; those they led or reviewed
    are open to them anyway.
    """
    clubs = {line.response_id: line.club_id for line in lines}
    for response_id in sorted(sealed(lines, reader_id)):
        row = ReviewReading(response_id=response_id, user_id=reader_id, club_id=clubs[response_id], read_at=now)
        add_if_new(row)


def has_read(response_id: int, user_id: int) -> bool:
    """Whether this person has read what others found in an interview, and gave up reviewing it."""
    read = exists().where(ReviewReading.response_id == response_id, ReviewReading.user_id == user_id)
    return bool(db.session.scalar(select(read)))
