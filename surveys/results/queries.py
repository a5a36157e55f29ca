"""Counts of the answers, always taken from the answers themselves.

Counted are the answers on the path of complete interviews, by members: see surveys.results.ratings. An interview that a
review rejected is left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import case
from sqlalchemy import func
from sqlalchemy import select

from config.calendar import local
from config.calendar import week_start
from config.database import db
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.models import VersionQuestion
from surveys.results.ratings import STEPS
from surveys.results.ratings import RatingCounts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select
    from sqlalchemy import Subquery

    from surveys.results.filters import Filters

WEEK = timedelta(days=7)
_NOTHING = RatingCounts()


@dataclass(frozen=True)
class WeekPoint:
    """The ratings of one dimension in the week from that Saturday."""

    week: date
    dimension: Dimension
    ratings: RatingCounts


@dataclass(frozen=True)
class Word:
    """What a member said in an open answer. `overall` is their overall rating, 1 to 5, None when not given."""

    answer_id: int
    response_id: int
    question: str
    text: str
    overall: int | None
    branch_id: int | None
    said_at: datetime


def complete_count(filters: Filters) -> int:
    """The number of complete interviews."""
    return db.session.scalar(matching(select(func.count(Response.id)), filters)) or 0


def left_out_count(filters: Filters) -> int:
    """The number of complete interviews that are not counted, because a review rejected them."""
    query = select(func.count(Response.id)).where(Response.left_out_at.is_not(None))
    return db.session.scalar(_in_period(query, filters)) or 0


def satisfaction(filters: Filters) -> dict[Dimension, RatingCounts]:
    """The ratings of price, quality, service and overall, in this order, whether or not there are any."""
    by_branch = satisfaction_by_branch(filters).values()
    return {
        dimension: sum((ratings[dimension] for ratings in by_branch if dimension in ratings), _NOTHING)
        for dimension in Dimension
    }


def satisfaction_by_branch(filters: Filters) -> dict[int | None, dict[Dimension, RatingCounts]]:
    """Ratings by the member's branch at the time (None: without one), then dimension, where it was asked."""
    member = _members(filters)
    rows = db.session.execute(
        select(member.c.branch_id, member.c.dimension, member.c.rating, member.c.knew_not, func.count()).group_by(
            member.c.branch_id, member.c.dimension, member.c.rating, member.c.knew_not
        )
    )
    cells: defaultdict[tuple[int | None, Dimension], list[tuple[int | None, bool, int]]] = defaultdict(list)
    for branch_id, dimension, rating, knew_not, count in rows:
        cells[branch_id, Dimension(dimension)].append((rating, bool(knew_not), count))
    branches: defaultdict[int | None, dict[Dimension, RatingCounts]] = defaultdict(dict)
    for (branch_id, dimension), counted in cells.items():
        branches[branch_id][dimension] = _counted(counted)
    return dict(branches)


def trend(filters: Filters, zone: str) -> list[WeekPoint]:
    """The ratings by week and dimension, from the first week with an interview to the last, none left out.

    Weeks begin on Saturday on the clocks of `zone`.
    """
    member = _members(filters)
    cells: defaultdict[tuple[date, Dimension], list[tuple[int | None, bool, int]]] = defaultdict(list)
    columns = (member.c.completed_at, member.c.dimension, member.c.rating, member.c.knew_not)
    for completed_at, dimension, rating, knew_not in db.session.execute(select(*columns)):
        week = week_start(local(completed_at, zone).date())
        cells[week, Dimension(dimension)].append((rating, bool(knew_not), 1))
    weeks = sorted({week for week, _dimension in cells})
    return [
        WeekPoint(week, dimension, _counted(cells.get((week, dimension), ())))
        for week in _weeks_between(weeks)
        for dimension in Dimension
    ]


def words(filters: Filters, *, limit: int, before_id: int | None = None) -> list[Word]:
    """The open answers, newest first; `before_id` (an answer's id) continues a list where it ended."""
    member = _members(filters)
    query = (
        select(
            Answer.id,
            Response.id.label("response_id"),
            VersionQuestion.code,
            Answer.value,
            member.c.rating,
            Response.branch_id,
            Response.completed_at,
        )
        .join(Answer, Answer.response_id == Response.id)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .outerjoin(member, (member.c.response_id == Response.id) & (member.c.dimension == Dimension.OVERALL))
        .where(VersionQuestion.kind == Kind.OPEN_TEXT, Answer.is_on_path, Answer.status == AnswerStatus.ANSWERED)
        .order_by(Answer.id.desc())
        .limit(limit)
    )
    if before_id is not None:
        query = query.where(Answer.id < before_id)
    return [Word(*row) for row in db.session.execute(matching(query, filters))]


def matching(query: Select[Any], filters: Filters) -> Select[Any]:
    """The query narrowed to the interviews that count."""
    return _in_period(query, filters).where(Response.left_out_at.is_(None))


def _in_period(query: Select[Any], filters: Filters) -> Select[Any]:
    query = query.where(Response.club_id == filters.club_id, Response.state == ResponseState.COMPLETE)
    if filters.since is not None:
        query = query.where(Response.completed_at >= filters.since)
    if filters.until is not None:
        query = query.where(Response.completed_at < filters.until)
    if filters.branch_id is not None:
        query = query.where(Response.branch_id == filters.branch_id)
    return query


def _members(filters: Filters) -> Subquery:
    """One row for each response and dimension asked in it: the member's rating, or None and whether they knew not."""
    total, count = func.sum(Answer.number), func.count(Answer.number)
    # The nearest step to total/count, a half down, in whole numbers: exact, and the same on every database.
    rating = case((count > 0, (2 * total + count - 1) // (2 * count)))
    knew_not = func.max(case((Answer.status == AnswerStatus.DONT_KNOW, 1), else_=0))
    query = (
        select(
            Response.id.label("response_id"),
            Response.branch_id,
            Response.completed_at,
            VersionQuestion.dimension,
            rating.label("rating"),
            knew_not.label("knew_not"),
        )
        .join(Answer, Answer.response_id == Response.id)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .where(VersionQuestion.kind == Kind.RATING, VersionQuestion.dimension.is_not(None), Answer.is_on_path)
        .group_by(Response.id, Response.branch_id, Response.completed_at, VersionQuestion.dimension)
    )
    return matching(query, filters).subquery()


def _counted(members: Iterable[tuple[int | None, bool, int]]) -> RatingCounts:
    """The counts of (rating, knew not, number of members)."""
    counts, dont_know, refused = [0] * len(STEPS), 0, 0
    for rating, knew_not, count in members:
        if rating is not None:
            counts[rating - 1] += count
        elif knew_not:
            dont_know += count
        else:
            refused += count
    return RatingCounts(tuple(counts), dont_know, refused)


def _weeks_between(weeks: list[date]) -> list[date]:
    """Every week from the first to the last of sorted `weeks`."""
    if not weeks:
        return []
    return [weeks[0] + WEEK * number for number in range((weeks[-1] - weeks[0]) // WEEK + 1)]
