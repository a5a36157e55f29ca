"""An interview as it went: each question, its answer, how long it took, and what was answered before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import select

from config.accounts.models import User
from config.database import db
from surveys.interviews import loading
from surveys.interviews import queries
from surveys.interviews import screens
from surveys.interviews.models import AnswerChange
from surveys.interviews.models import Response
from surveys.questionnaires import queries as questionnaires

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime

    from surveys.interviews.loading import Interview
    from surveys.interviews.queries import ResponseLine
    from surveys.interviews.screens import Said
    from surveys.questionnaires.queries import VersionLine


@dataclass(frozen=True)
class Change:
    """An answer as it was given; `said` is None where it was taken back. `who` is the operator's name."""

    said: Said | None
    at: datetime
    who: str


@dataclass(frozen=True)
class Asked:
    """A question that was asked, in short words. `said` is None where the answer was taken back.

    `seconds` is how long the question was on the screen before its first answer, None where that is not known.
    `is_counted` is false for an answer that a changed earlier one took off the path.
    `before` are the answers that are no longer true, oldest first.
    """

    text: str
    section: str
    said: Said | None
    is_counted: bool
    seconds: float | None
    before: tuple[Change, ...]


@dataclass(frozen=True)
class Past:
    """An interview, the version it was asked from, and its questions in the order of asking."""

    line: ResponseLine
    version: VersionLine
    questions: tuple[Asked, ...]


def of_response(club_id: int, response_id: int, *, language: str) -> Past:
    """The interview, its texts in `language` where it has that. Raises ResponseNotFoundError."""
    line = queries.get(club_id, response_id)
    interview = loading.to_read(response_id)
    shown_in = language if language in interview.questionnaire.languages else line.language
    noted = _noted(interview.response)
    asked = [
        _asked(interview, question.code, noted.get(question.code, ()), shown_in)
        for question in interview.questionnaire.questions
        if question.wants_answer and (question.code in interview.rows or question.code in noted)
    ]
    return Past(line, questionnaires.version_line(club_id, line.version_id), tuple(asked))


def _noted(response: Response) -> Mapping[str, Sequence[Any]]:
    """The changes of each question's answer, oldest first, by its code."""
    codes = {id_: code for code, id_ in questionnaires.question_ids(response.version_id).items()}
    rows = db.session.execute(
        select(AnswerChange, User.name)
        .join(User, User.id == AnswerChange.operator_id, isouter=True)
        .where(AnswerChange.response_id == response.id)
        .order_by(AnswerChange.id)
    )
    noted: dict[str, list[Any]] = {}
    for change, name in rows:
        noted.setdefault(codes[change.question_id], []).append((change, name or ""))
    return noted


def _asked(interview: Interview, code: str, noted: Sequence[Any], language: str) -> Asked:
    row = interview.rows.get(code)
    first = noted[0][0] if noted else None
    changes = [
        Change(
            None if one.status is None else _said(interview, code, one.status, one.value, language), one.changed_at, who
        )
        for one, who in noted
    ]
    filled = interview.response.placeholders
    return Asked(
        text=screens.words(interview.question(code).text, language, filled),
        section=interview.questionnaire.section_of[code].title[language],
        said=None if row is None else _said(interview, code, row.status, row.value, language),
        is_counted=row is not None and code in interview.path,
        seconds=(first.changed_at - first.asked_at).total_seconds() if first and first.asked_at else None,
        # The last of them is how it stands.
        before=tuple(changes[:-1]),
    )


def _said(interview: Interview, code: str, status: str, value: Any, language: str) -> Said:
    answer = screens.CurrentAnswer(status, value)
    return screens.said(interview.questionnaire, code, answer, language, interview.response.placeholders)
