"""What a member said before: their past interviews with scores and words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select

from config.database import db
from config.statements import run_plain
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.models import Survey
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionQuestion

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy import Select

HISTORY_LIMIT = 50


@dataclass(frozen=True)
class Score:
    """A member's rating of one dimension, 1 to 5: the mean of its questions."""

    dimension: Dimension
    rating: float


@dataclass(frozen=True)
class HistoryItem:
    """One interview of a member: `ended_at` is when it was completed or stopped, None while it is open."""

    response_id: int
    survey: str
    state: ResponseState
    started_at: datetime
    ended_at: datetime | None
    scores: tuple[Score, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class LastInterview:
    """What the member said the last time."""

    response_id: int
    completed_at: datetime
    scores: tuple[Score, ...]
    words: tuple[str, ...]


def history_of(club_id: int, member_id: int) -> list[HistoryItem]:
    """The member's interviews, newest first, with the ratings by dimension and the words of each."""
    rows = db.session.execute(
        select(
            Response.id, Survey.name, Response.state, Response.started_at, Response.completed_at, Response.stopped_at
        )
        .join(SurveyVersion, SurveyVersion.id == Response.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Response.club_id == club_id, Response.member_id == member_id)
        .order_by(Response.started_at.desc(), Response.id.desc())
        .limit(HISTORY_LIMIT)
    ).all()
    said = _said([row.id for row in rows])
    return [
        HistoryItem(row.id, row.name, row.state, row.started_at, row.completed_at or row.stopped_at, *said[row.id])
        for row in rows
    ]


def last_interview(club_id: int, member_id: int, *, but_entry_id: int | None = None) -> LastInterview | None:
    """The member's last complete interview that counts, or None; that of `but_entry_id` is the present one."""
    row = run_plain(_last(), {"club": club_id, "member": member_id, "but": but_entry_id or 0}).one_or_none()
    if row is None or row.completed_at is None:
        return None
    return LastInterview(row.id, row.completed_at, *_said([row.id])[row.id])


@cache
def _last() -> Select[*tuple[Any, ...]]:
    """Asked at every refresh of every desk, so built once."""
    return (
        select(Response.id, Response.completed_at)
        .where(Response.club_id == bindparam("club"), Response.member_id == bindparam("member"))
        .where(Response.state == ResponseState.COMPLETE, Response.entry_id.is_distinct_from(bindparam("but")))
        .where(Response.left_out_at.is_(None))
        .order_by(Response.completed_at.desc(), Response.id.desc())
        .limit(1)
    )


def _said(response_ids: list[int]) -> defaultdict[int, tuple[tuple[Score, ...], tuple[str, ...]]]:
    """The scores and the words of each response, in the questionnaire's order; only what is on the path."""
    answers = db.session.execute(
        select(Answer.response_id, VersionQuestion.kind, VersionQuestion.dimension, Answer.number, Answer.value)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .where(
            Answer.response_id.in_(response_ids),
            Answer.is_on_path,
            Answer.status == AnswerStatus.ANSWERED,
            VersionQuestion.kind.in_([Kind.RATING, Kind.OPEN_TEXT]),
        )
        .order_by(VersionQuestion.position)
    )
    by_response: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for answer in answers:
        by_response[answer.response_id].append(answer)
    said: defaultdict[int, tuple[tuple[Score, ...], tuple[str, ...]]] = defaultdict(lambda: ((), ()))
    said.update({response_id: (_scores(rows), _words(rows)) for response_id, rows in by_response.items()})
    return said


def _scores(answers: list[Row[Any]]) -> tuple[Score, ...]:
    ratings: defaultdict[Dimension, list[int]] = defaultdict(list)
    for answer in answers:
        if answer.kind == Kind.RATING and answer.dimension is not None:
            ratings[Dimension(answer.dimension)].append(answer.number)
    return tuple(Score(dimension, fmean(numbers)) for dimension, numbers in ratings.items())


def _words(answers: list[Row[Any]]) -> tuple[str, ...]:
    return tuple(str(answer.value) for answer in answers if answer.kind == Kind.OPEN_TEXT)
