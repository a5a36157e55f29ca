"""Leading an interview: answers as they are given, moving on the path, and the ways it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from config.database import db
from surveys.interviews import changes
from surveys.interviews import path
from surveys.interviews.answers import accept
from surveys.interviews.changes import Change
from surveys.interviews.errors import AnswerNeededError
from surveys.interviews.errors import IncompleteError
from surveys.interviews.errors import LanguageNotOfferedError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.events import response_completed
from surveys.interviews.keeping import keep
from surveys.interviews.keeping import keep_and_go_on
from surveys.interviews.keeping import take_back
from surveys.interviews.loading import Said
from surveys.interviews.loading import to_change as hold
from surveys.interviews.models import Answer
from surveys.interviews.opening import open_response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.interviews.taking import take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from surveys.interviews.keeping import Kept
    from surveys.interviews.loading import Interview
    from surveys.interviews.models import Response

__all__ = [
    "advance",
    "complete",
    "complete_early",
    "finish",
    "go_back",
    "go_on",
    "go_to",
    "hold",
    "jump",
    "keep",
    "keep_answer",
    "open_response",
    "retreat",
    "save_answer",
    "set_language",
    "set_placeholders",
    "stop",
    "take",
    "take_back",
]


def save_answer(response_id: int, *, question: str, status: AnswerStatus | str, value: Any, now: datetime) -> None:
    """Keep the answer as `keep_answer` does, and put the next question to be asked on the screen."""
    keep_and_go_on(take(response_id), question=question, status=AnswerStatus(status), value=value, now=now)


def keep_answer(response_id: int, *, question: str, status: AnswerStatus | str, value: Any, now: datetime) -> Kept:
    """Keep the answer to the question of that code, which stays on the screen.

    `status` is answered, dont_know or refused; `value` is None for the latter two. The same answer again changes
    nothing; another one replaces it and its revision grows. Raises InvalidAnswerError, QuestionNotFoundError,
    QuestionOffPathError, ResponseClosedError, ResponseNotFoundError.
    """
    return keep(take(response_id), question=question, status=AnswerStatus(status), value=value, now=now)


def go_on(response_id: int, *, now: datetime) -> None:
    """Put the next step of the path on the screen. What is only read out counts as read; at the end nothing moves.

    Raises AnswerNeededError when the present question needs an answer first, ResponseClosedError.
    """
    advance(hold(response_id), now=now)


def advance(interview: Interview, *, now: datetime) -> None:
    """As `go_on`, for an interview that is held."""
    interview.ensure_open()
    code, codes = interview.current, interview.path
    if code == codes[-1]:
        return
    question = interview.question(code)
    if code not in interview.rows:
        if question.wants_answer and question.is_required:
            raise AnswerNeededError(f"question {code!r} needs an answer")
        if not question.wants_answer:
            _note_read(interview, code, now)
    _show(interview, codes[codes.index(code) + 1], now, instead_of=code)


def go_back(response_id: int, *, now: datetime) -> None:
    """Put the step before on the screen; at the beginning nothing moves. Raises ResponseClosedError."""
    retreat(hold(response_id), now=now)


def retreat(interview: Interview, *, now: datetime) -> None:
    """As `go_back`, for an interview that is held."""
    interview.ensure_open()
    current = interview.current
    before = interview.path.index(current) - 1
    _show(interview, interview.path[max(before, 0)], now, instead_of=current)


def go_to(response_id: int, code: str, *, now: datetime) -> None:
    """Put the step of that code on the screen.

    Raises QuestionNotFoundError, QuestionOffPathError, AnswerNeededError when a required question before it is open,
    ResponseClosedError.
    """
    jump(hold(response_id), code, now=now)


def jump(interview: Interview, code: str, *, now: datetime) -> None:
    """As `go_to`, for an interview that is held."""
    interview.ensure_open()
    interview.question(code)
    _ensure_on_path(interview, code)
    codes = interview.path
    for missing in path.missing_required(interview.questionnaire, interview.given):
        if codes.index(missing) < codes.index(code):
            raise AnswerNeededError(f"question {missing!r} needs an answer first")
    _show(interview, code, now, instead_of=interview.current)


def set_language(response_id: int, language: str) -> None:
    """Go on in another language of the questionnaire. Raises LanguageNotOfferedError, ResponseClosedError."""
    interview = hold(response_id)
    interview.ensure_open()
    if language not in interview.questionnaire.languages:
        offered = ", ".join(interview.questionnaire.languages)
        raise LanguageNotOfferedError("language", f"{language!r} is not offered; the questionnaire has {offered}")
    interview.response.language = language


def set_placeholders(interview: Interview, placeholders: Mapping[str, Any]) -> None:
    """Give or correct values that the texts of a held interview read out, such as the credit.

    Raises ResponseClosedError.
    """
    interview.ensure_open()
    interview.response.placeholders = {**interview.response.placeholders, **placeholders}


def complete(response_id: int, *, now: datetime) -> None:
    """End an interview that has gone its path to the end, and tell of it inside this transaction.

    Completing it again does nothing and tells nobody. Raises IncompleteError naming what is missing,
    ResponseClosedError when it was stopped before.
    """
    finish(hold(response_id), now=now)


def finish(interview: Interview, *, now: datetime) -> None:
    """As `complete`, for an interview that is held."""
    response = interview.response
    if response.state is ResponseState.COMPLETE:
        return
    interview.ensure_open()
    if not path.is_complete(interview.questionnaire, interview.given):
        raise IncompleteError(path.missing_required(interview.questionnaire, interview.given))
    _complete(response, now)


def complete_early(response_id: int, *, now: datetime) -> bool:
    """End an interview before its last question as complete, when its version says that so much is enough.

    It is told of as any other. Gives whether the interview is complete now.
    """
    interview = hold(response_id)
    response = interview.response
    if response.state is ResponseState.STARTED and path.is_enough(interview.questionnaire, interview.given):
        _complete(response, now)
    return response.state is ResponseState.COMPLETE


def stop(response_id: int, *, now: datetime) -> ResponseState:
    """End an interview before its last question; the answers are kept.

    Gives partial or break_off, by the share answered and what its version asks for. An interview that has ended already
    stays as it is, and its state is given.
    """
    interview = hold(response_id)
    response = interview.response
    if response.state is ResponseState.STARTED:
        is_partial = path.is_partial(interview.questionnaire, interview.given)
        response.state = ResponseState.PARTIAL if is_partial else ResponseState.BREAK_OFF
        response.stopped_at = now
        db.session.flush()
    return response.state


def _complete(response: Response, now: datetime) -> None:
    response.state = ResponseState.COMPLETE
    response.completed_at = now
    db.session.flush()
    response_completed.send(
        response_id=response.id, club_id=response.club_id, member_id=response.member_id, completed_at=now
    )


def _show(interview: Interview, code: str, now: datetime, *, instead_of: str) -> None:
    if code != instead_of:
        interview.response.shown_at = now
    interview.response.cursor = code


def _ensure_on_path(interview: Interview, code: str) -> None:
    if code not in interview.path:
        raise QuestionOffPathError(f"the answers of response {interview.response.id} do not lead to {code!r}")


def _note_read(interview: Interview, code: str, now: datetime) -> None:
    response = interview.response
    accepted = accept(interview.question(code), AnswerStatus.ANSWERED, None, today=now.date())
    change = Change(
        club_id=response.club_id,
        response_id=response.id,
        question_id=interview.ids[code],
        operator_id=response.operator_id,
        status=accepted.status,
        value=accepted.value,
        asked_at=response.shown_at,
        changed_at=now,
    )
    changes.note(change)
    interview.rows[code] = Said(accepted.status, accepted.value)
    answer = Answer(
        club_id=change.club_id,
        response_id=change.response_id,
        question_id=change.question_id,
        status=accepted.status,
        value=accepted.value,
        answered_at=now,
    )
    db.session.add(answer)
