"""How an interview came about, as its record tells: times, words and answers, for those who judge it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import case
from sqlalchemy import distinct
from sqlalchemy import func
from sqlalchemy import select

from config.database import db
from surveys.interviews import loading
from surveys.interviews import queries
from surveys.interviews import screens
from surveys.interviews.models import Answer
from surveys.interviews.models import AnswerChange
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.document import Kind
from surveys.questionnaires.models import SurveyVersion
from surveys.questionnaires.models import VersionQuestion

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select

    from surveys.interviews.queries import ResponseLine


@dataclass(frozen=True)
class Step:
    """A question on the path. `words` are to be read aloud; `seconds` it was on the screen before its first answer.

    `seconds` is None where that is not known, `rating` where it is none or was not given.
    """

    words: int
    seconds: float | None
    wants_answer: bool
    rating: int | None


@dataclass(frozen=True)
class Evidence:
    """An interview: its steps on the path, and every moment at which an answer was written down."""

    line: ResponseLine
    steps: tuple[Step, ...]
    typed_at: tuple[datetime, ...]


@dataclass(frozen=True)
class Timed:
    """How long an interview took, and each of its questions until its first answer: `seconds` by code."""

    version_id: int
    minutes: float
    seconds: dict[str, float]


@dataclass(frozen=True)
class OperatorFigures:
    """An operator's complete interviews of one version: the share of questions without an answer, the mean rating."""

    operator_id: int
    interviews: int
    unanswered: float
    mean_rating: float | None


def of_response(response_id: int) -> Evidence:
    """What the record tells of one interview. Raises ResponseNotFoundError."""
    interview = loading.to_read(response_id)
    response = interview.response
    codes = {id_: code for code, id_ in interview.ids.items()}
    seconds: dict[str, float] = {}
    typed_at = []
    for change in db.session.execute(_changes().where(AnswerChange.response_id == response_id)):
        code = codes[change.question_id]
        if change.asked_at is not None:
            seconds.setdefault(code, (change.changed_at - change.asked_at).total_seconds())
        if change.status is not None and interview.question(code).wants_answer:
            typed_at.append(change.changed_at)
    steps = []
    for code in interview.path:
        question, said = interview.question(code), interview.rows.get(code)
        text = screens.words(question.text, response.language, response.placeholders)
        is_rating = question.kind is Kind.RATING and said is not None
        rating = said.value if is_rating and said is not None and said.status is AnswerStatus.ANSWERED else None
        steps.append(Step(len(text.split()), seconds.get(code), question.wants_answer, rating))
    return Evidence(queries.line_of(interview), tuple(steps), tuple(typed_at))


def leaders(response_id: int) -> frozenset[int]:
    """Who led an interview, and who led a part of it before it was handed over."""
    wrote = select(AnswerChange.operator_id).where(AnswerChange.response_id == response_id)
    return frozenset(db.session.scalars(select(Response.operator_id).where(Response.id == response_id).union(wrote)))


def paces(club_id: int, version_id: int, *, but: int, limit: int) -> list[float]:
    """The seconds for each question of the last complete interviews of a version, those left out not among them."""
    ids = _newest(_counted(club_id).where(Response.version_id == version_id, Response.id != but), limit)
    return [fmean(one.values()) for one in _seconds(ids).values()]


def latest_timed(club_id: int, survey_id: int, *, limit: int) -> list[Timed]:
    """The last complete interviews of a survey, whatever its version, those left out not among them."""
    of_survey = _counted(club_id).where(
        Response.version_id.in_(select(SurveyVersion.id).where(SurveyVersion.survey_id == survey_id))
    )
    ids = _newest(of_survey, limit)
    rows = db.session.execute(
        select(Response.id, Response.version_id, Response.started_at, Response.completed_at).where(Response.id.in_(ids))
    ).all()
    seconds = _seconds(ids)
    codes = {
        version_id: {id_: code for code, id_ in questionnaires.question_ids(version_id).items()}
        for version_id in {row.version_id for row in rows}
    }
    return [
        Timed(
            row.version_id,
            (row.completed_at - row.started_at).total_seconds() / 60,
            {codes[row.version_id][id_]: spent for id_, spent in seconds[row.id].items()},
        )
        for row in rows
    ]


def figures_of_operators(club_id: int, version_id: int, *, since: datetime) -> list[OperatorFigures]:
    """What each operator wrote down in the complete interviews of a version since then."""
    is_answered = Answer.status == AnswerStatus.ANSWERED
    is_rating = is_answered & (VersionQuestion.kind == Kind.RATING)
    rows = db.session.execute(
        select(
            Response.operator_id,
            func.count(distinct(Response.id)),
            func.count(Answer.id),
            func.sum(case((is_answered, 0), else_=1)),
            func.sum(case((is_rating, Answer.number))),
            func.sum(case((is_rating, 1), else_=0)),
        )
        .join(Answer, Answer.response_id == Response.id)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .where(
            Response.id.in_(_counted(club_id).where(Response.version_id == version_id, Response.completed_at >= since)),
            Answer.is_on_path,
        )
        .group_by(Response.operator_id)
    )
    return [
        OperatorFigures(operator_id, count, int(unanswered) / asked, int(total) / int(rated) if rated else None)
        for operator_id, count, asked, unanswered, total, rated in rows
    ]


def complete_count(club_id: int, version_id: int, operator_id: int, *, after: datetime) -> int:
    """How many interviews of a version the operator completed after that moment and that count."""
    own = _counted(club_id).where(
        Response.version_id == version_id, Response.operator_id == operator_id, Response.completed_at > after
    )
    return db.session.scalar(select(func.count()).select_from(own.subquery())) or 0


def _counted(club_id: int) -> Select[int]:
    return select(Response.id).where(
        Response.club_id == club_id,
        Response.state == ResponseState.COMPLETE,
        Response.completed_at.is_not(None),
        Response.left_out_at.is_(None),
    )


def _newest(responses: Select[int], limit: int) -> Select[int]:
    return responses.order_by(Response.completed_at.desc(), Response.id.desc()).limit(limit)


def _seconds(ids: Select[int]) -> defaultdict[int, dict[int, float]]:
    """How long each question was on the screen before its first answer, by response and question."""
    rows = db.session.execute(_changes().where(AnswerChange.response_id.in_(ids), AnswerChange.asked_at.is_not(None)))
    seconds: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for change in rows:
        spent = (change.changed_at - change.asked_at).total_seconds()
        seconds[change.response_id].setdefault(change.question_id, spent)
    return seconds


def _changes() -> Select[*tuple[Any, ...]]:
    names = ("response_id", "question_id", "status", "asked_at", "changed_at")
    return select(*(getattr(AnswerChange, name) for name in names)).order_by(AnswerChange.id)
