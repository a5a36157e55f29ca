"""Which complete interviews count: all but those that a review rejected. Never commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import select

from config.database import db
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Response

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy import Select
    from sqlalchemy import SQLColumnExpression


def leave_out(club_id: int, response_id: int, *, now: datetime) -> None:
    """Keep the interview and count it no more. Raises ResponseNotFoundError."""
    response = _taken(club_id, response_id)
    response.left_out_at = response.left_out_at or now


def take_in(club_id: int, response_id: int) -> None:
    """Count the interview again. Raises ResponseNotFoundError."""
    _taken(club_id, response_id).left_out_at = None


def left_out_entries(club_id: int) -> Select[int]:
    """The queue entries whose interviews are not counted, as a select of their ids."""
    return select(Response.entry_id).where(Response.club_id == club_id, Response.left_out_at.is_not(None))


def left_out_counts(club_id: int) -> dict[int, int]:
    """How many complete interviews of each campaign of the club are not counted; a campaign without is not in it."""
    query = select(Response.campaign_id, func.count()).where(
        Response.club_id == club_id, Response.left_out_at.is_not(None)
    )
    rows = db.session.execute(query.group_by(Response.campaign_id))
    return {campaign_id: count for campaign_id, count in rows}  # noqa: C416 - rows are no pairs to a type checker


def is_left_out(entry_id: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether the interview of a queue entry, a column of the query around it, is not counted."""
    return exists().where(Response.entry_id == entry_id, Response.left_out_at.is_not(None))


def _taken(club_id: int, response_id: int) -> Response:
    query = select(Response).where(Response.club_id == club_id, Response.id == response_id).with_for_update()
    response = db.session.scalar(query)
    if response is None:
        raise ResponseNotFoundError(f"club {club_id} has no response {response_id}")
    return response
