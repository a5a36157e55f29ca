"""What other rooms may know of interviews: the operator's screen, a member's past."""

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
from config.database import run_plain
from surveys.interviews import loading
from surveys.interviews import path
from surveys.interviews import screens
from surveys.interviews.errors import ResponseNotFoundError
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
    from collections.abc import Collection

    from sqlalchemy import Row
    from sqlalchemy import Select

    from surveys.interviews.loading import Interview

HISTORY_LIMIT = 50


@dataclass(frozen=True)
class ResponseLine:
    """A response in short."""

    id: int
    club_id: int
    version_id: int
    campaign_id: int
    entry_id: int
    member_id: int
    operator_id: int
    state: ResponseState
    language: str
    started_at: datetime
    completed_at: datetime | None


@dataclass(frozen=True)
class Current:
    """A response as it stands."""

    line: ResponseLine
    interview: Interview

    @property
    def screen(self) -> screens.Screen:
        """The step that is on the operator's screen."""
        return screen_of(self.interview)


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


def get(club_id: int, response_id: int) -> ResponseLine:
    """A response of this club. Raises ResponseNotFoundError."""
    line = _line(_lines(club_id).where(Response.id == response_id))
    if line is None:
        raise ResponseNotFoundError(f"club {club_id} has no response {response_id}")
    return line


def of_entry(club_id: int, entry_id: int) -> ResponseLine | None:
    """The response of a queue entry, or None when its interview has not begun."""
    return _line(_lines(club_id).where(Response.entry_id == entry_id))


def current(club_id: int, entry_id: int) -> Current | None:
    """The response of a queue entry with what is on its screen, in one look; None when it has not begun."""
    interview = loading.of_entry(club_id, entry_id)
    return None if interview is None else Current(line_of(interview), interview)


def line_of(interview: Interview) -> ResponseLine:
    """The response of an interview in short."""
    return _of_row(interview.response)


def values_of(response_id: int, codes: Collection[str]) -> dict[str, Any] | None:
    """The values of the answers to these questions, once all that the answers lead to have been asked: else None.

    Without a value stands who did not know or refused. Raises ResponseNotFoundError.
    """
    interview = loading.to_read(response_id)
    return path.values_of(interview.questionnaire, interview.given, codes)


def screen(response_id: int) -> screens.Screen:
    """The step of the interview that is on the operator's screen. Raises ResponseNotFoundError."""
    return screen_of(loading.to_read(response_id))


def screen_of(interview: Interview) -> screens.Screen:
    """The step of an interview that is on the operator's screen."""
    response, questionnaire, given = interview.response, interview.questionnaire, interview.given
    codes, code = interview.path, interview.current
    question, row = questionnaire.by_code[code], interview.rows.get(code)
    answer = None if row is None else screens.CurrentAnswer(row.status.value, row.value)
    section = questionnaire.section_of[code]
    is_last, is_refused = code == codes[-1], path.is_refused(questionnaire, given)
    return screens.Screen(
        response_id=response.id,
        state=response.state.value,
        language=response.language,
        languages=questionnaire.languages,
        code=code,
        kind=question.kind,
        dimension=section.dimension,
        section=section.title[response.language],
        text=screens.words(question.text, response.language, response.placeholders),
        hint=screens.words(question.hint, response.language, response.placeholders),
        probes=tuple(screens.words(probe, response.language, response.placeholders) for probe in question.probes),
        choices=screens.choices_of(question, response.language, answer, response.placeholders),
        ends=screens.ends_of(question, response.language),
        answer=answer,
        typed=screens.typed(question, answer, response.language),
        wants_answer=question.wants_answer,
        is_required=question.is_required,
        asked=question,
        dont_know_key=screens.dont_know_key(question),
        refused_key=screens.refused_key(question),
        position=codes.index(code) + 1,
        count=len(codes),
        steps=screens.steps_of(questionnaire, given, code, response.language),
        can_go_back=code != codes[0],
        can_go_on=not is_last and (row is not None or not question.wants_answer or not question.is_required),
        is_last=is_last and not is_refused,
        can_complete=path.is_complete(questionnaire, given),
        is_refused=is_refused,
        said=_said_so_far(interview),
    )


def _said_so_far(interview: Interview) -> tuple[screens.Said, ...]:
    questionnaire, response = interview.questionnaire, interview.response
    language, filled = response.language, response.placeholders
    return tuple(
        screens.said(questionnaire, code, screens.CurrentAnswer(row.status.value, row.value), language, filled)
        for code in interview.path
        if (row := interview.rows.get(code)) is not None and interview.question(code).wants_answer
    )


def share_answered(response_id: int) -> float:
    """The share (0 to 1) of the questions on the path that have an answer. Raises ResponseNotFoundError."""
    interview = loading.to_read(response_id)
    return path.share_answered(interview.questionnaire, interview.given)


def is_enough(response_id: int) -> bool:
    """Whether the interview counts as complete if it ends now. Raises ResponseNotFoundError."""
    interview = loading.to_read(response_id)
    return path.is_enough(interview.questionnaire, interview.given)


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


def _lines(club_id: int) -> Select[Response]:
    return select(Response).where(Response.club_id == club_id)


def _line(query: Select[Response]) -> ResponseLine | None:
    row = db.session.scalar(query)
    return None if row is None else _of_row(row)


def _of_row(row: Response) -> ResponseLine:
    return ResponseLine(
        id=row.id,
        club_id=row.club_id,
        version_id=row.version_id,
        campaign_id=row.campaign_id,
        entry_id=row.entry_id,
        member_id=row.member_id,
        operator_id=row.operator_id,
        state=row.state,
        language=row.language,
        started_at=row.started_at,
        completed_at=row.completed_at,
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
