"""What other rooms may know of interviews: their state, and the operator's screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import select

from config.database import db
from surveys.interviews import loading
from surveys.interviews import path
from surveys.interviews import screens
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from collections.abc import Collection

    from surveys.interviews.loading import Interview


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


def get(club_id: int, response_id: int) -> ResponseLine:
    """A response of this club. Raises ResponseNotFoundError."""
    # Who completes or judges an interview has it at hand, and so it is not asked for again.
    row = db.session.get(Response, response_id)
    if row is None or row.club_id != club_id:
        raise ResponseNotFoundError(f"club {club_id} has no response {response_id}")
    return _of_row(row)


def of_entry(club_id: int, entry_id: int) -> ResponseLine | None:
    """The response of a queue entry, or None when its interview has not begun."""
    row = db.session.scalar(select(Response).where(Response.club_id == club_id, Response.entry_id == entry_id))
    return None if row is None else _of_row(row)


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
