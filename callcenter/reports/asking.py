"""The page's questions to the other rooms, asked once for each view of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.reports import queries
from callcenter.reports.composing import Answers
from callcenter.reports.composing import Group
from callcenter.reports.composing import compose
from callcenter.reports.masking import masked
from callcenter.reports.trending import Trend
from callcenter.reports.trending import compose_trend
from club.members.queries import ids_in_branch
from surveys.questionnaires.document import Dimension
from surveys.results import queries as results
from surveys.results.filters import of_days
from surveys.results.questions import QuestionCounts
from surveys.results.questions import by_question
from surveys.results.ratings import RatingCounts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from callcenter.reports.filters import Filters
    from callcenter.reports.queries import Reach
    from surveys.results.filters import Filters as Asked

WORDS = 12


@dataclass(frozen=True)
class SaidWord:
    """What a member said, without the member: `score` is their overall rating, None when not given."""

    text: str
    score: int | None
    branch: str | None
    said_at: datetime


@dataclass(frozen=True)
class Report:
    """Everything on the page. `left_out` interviews of the period are not counted, because a review rejected them."""

    answers: Answers
    points: tuple[results.WeekPoint, ...]
    trend: Trend
    questions: tuple[QuestionCounts, ...]
    words: tuple[SaidWord, ...]
    reach: Reach
    left_out: int


def ask(club_id: int, filters: Filters, *, branches: Mapping[int, str], mirrored: bool) -> Report:
    """The report on the club's members in the period and branch of `filters`; `branches` are the club's, name by id."""
    asked = _asked(club_id, filters)
    now, before = _by_branch(asked), _by_branch(_asked(club_id, filters.preceding()))
    is_side_by_side = filters.branch_id is None and len(branches) > 1
    points = results.trend(asked, filters.zone)
    return Report(
        answers=compose(
            _whole(now),
            _whole(before),
            branches=branches if is_side_by_side else {},
            by_branch=now,
            by_branch_before=before,
            mirrored=mirrored,
        ),
        points=tuple(points),
        trend=compose_trend(points, list(Dimension)),
        questions=tuple(by_question(asked)),
        words=tuple(_word(word, branches) for word in results.words(asked, limit=WORDS)),
        reach=_reach(club_id, filters),
        left_out=results.left_out_count(asked),
    )


def _asked(club_id: int, filters: Filters) -> Asked:
    return of_days(club_id, filters.start, filters.end, filters.zone, filters.branch_id)


def _by_branch(asked: Asked) -> dict[int | None, Group]:
    return {
        branch_id: {dimension.value: ratings for dimension, ratings in group.items()}
        for branch_id, group in results.satisfaction_by_branch(asked).items()
    }


def _whole(by_branch: Mapping[int | None, Group]) -> Group:
    """All branches, and the members without one, together; every dimension, in its order."""
    return {
        dimension.value: sum((group.get(dimension, RatingCounts()) for group in by_branch.values()), RatingCounts())
        for dimension in Dimension
    }


def _word(word: results.Word, branches: Mapping[int, str]) -> SaidWord:
    return SaidWord(
        text=masked(word.text),
        score=word.overall,
        branch=branches.get(word.branch_id) if word.branch_id is not None else None,
        said_at=word.said_at,
    )


def _reach(club_id: int, filters: Filters) -> Reach:
    members = None if filters.branch_id is None else ids_in_branch(club_id, filters.branch_id)
    return queries.reach(club_id, since=filters.since, until=filters.until, members=members)
