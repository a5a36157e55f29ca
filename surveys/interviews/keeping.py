"""Keeping one answer: what happens at every key an operator presses, in as few statements as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import local
from config.errors import HamsedaError
from surveys.interviews import changes
from surveys.interviews import path
from surveys.interviews import writing
from surveys.interviews.answers import Accepted
from surveys.interviews.answers import accept
from surveys.interviews.changes import Change
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.errors import ResponseClosedError
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.interviews.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping
    from datetime import datetime

    from surveys.interviews.taking import Row
    from surveys.interviews.taking import Taken
    from surveys.interviews.wording import Wording
    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Kept:
    """An answer as it stands now; without a status when there is none.

    `is_same_screen`: nothing else that the operator sees of this question has changed with it, neither the path nor
    what the last step allows.
    """

    question: str
    status: AnswerStatus | None
    value: Any
    revision: int
    is_same_screen: bool


def keep(
    taken: Taken, *, question: str, status: AnswerStatus, value: Any, now: datetime, request: str | None = None
) -> Kept:
    """Keep the answer; the question stays on the screen. As `interviewing.keep_answer`, for a response taken before.

    `request` names the request: one that was done before changes nothing, whatever has been answered since.
    """
    return _keep(taken, question, status, value, now, request, goes_on=False)


def keep_and_go_on(taken: Taken, *, question: str, status: AnswerStatus, value: Any, now: datetime) -> Kept:
    """Keep the answer and put the next question to be asked on the screen."""
    return _keep(taken, question, status, value, now, None, goes_on=True)


def take_back(taken: Taken, *, question: str, now: datetime, request: str | None = None) -> None:
    """Take the answer to a question away; the question stays on the screen and is open again. `request` as in `keep`.

    Raises QuestionNotFoundError, ResponseClosedError when the interview has ended.
    """
    wording = _wording(taken, question)
    _ensure_open(taken)
    questionnaire, rows = wording.questionnaire.arranged(taken.order_seed), _rows(taken, wording)
    given = _given(rows)
    on_screen = _on_screen(taken, questionnaire, given, path.path_of(questionnaire, given))
    if not changes.note(_change(taken, wording.ids[question], None, now, request, is_on_screen=on_screen == question)):
        return
    rows.pop(question, None)
    writing.erase(taken.id, wording.ids[question])
    _mark_path(taken, wording, rows.values(), path.path_of(questionnaire, _given(rows)))
    _show(taken, question, on_screen, now)
    writing.forget_objects()


def _keep(
    taken: Taken, code: str, status: AnswerStatus, value: Any, now: datetime, request: str | None, *, goes_on: bool
) -> Kept:
    wording = _wording(taken, code)
    # As it was written: the same choices are the same answer in whatever order they were read out.
    accepted = accept(wording.questionnaire.by_code[code], status, value, today=local(now, taken.zone).date())
    questionnaire, rows = wording.questionnaire.arranged(taken.order_seed), _rows(taken, wording)
    given = _given(rows)
    codes = before = path.path_of(questionnaire, given)
    on_screen = _on_screen(taken, questionnaire, given, before)
    row = rows.pop(code, None)
    if row is not None and row.is_on_path and (row.status, row.value) == (accepted.status, accepted.value):
        # The same request again is harmless even when the interview has ended meanwhile.
        revision = row.revision
    else:
        change = _change(taken, wording.ids[code], accepted, now, request, is_on_screen=on_screen == code)
        written = _write(taken, change, accepted, is_on_path=code in before)
        if written is None:
            return _as_it_stands(code, row)
        revision = written
        given[code] = path.Given(accepted.value, accepted.status is not AnswerStatus.REFUSED)
        codes = path.path_of(questionnaire, given)
        _mark_path(taken, wording, rows.values(), codes)
    _show(taken, path.next_unanswered(questionnaire, given, after=code) if goes_on else code, on_screen, now)
    writing.forget_objects()
    return Kept(
        question=code,
        status=accepted.status,
        value=accepted.value,
        revision=revision,
        is_same_screen=taken.state is ResponseState.STARTED and on_screen == code != codes[-1] and codes == before,
    )


def _wording(taken: Taken, code: str) -> Wording:
    wording = wording_of(taken.club_id, taken.version_id, taken.published_at)
    if code not in wording.ids:
        raise QuestionNotFoundError(f"response {taken.id} has no question {code!r}")
    return wording


def _rows(taken: Taken, wording: Wording) -> dict[str, Row]:
    return {wording.codes[row.question_id]: row for row in taken.answers}


def _given(rows: Mapping[str, Row]) -> dict[str, path.Given]:
    return {code: path.Given(row.value, row.status is not AnswerStatus.REFUSED) for code, row in rows.items()}


def _on_screen(taken: Taken, questionnaire: Questionnaire, given: dict[str, path.Given], codes: tuple[str, ...]) -> str:
    if taken.cursor is not None and taken.cursor in codes:
        return taken.cursor
    return path.next_unanswered(questionnaire, given) or codes[-1]


def _change(
    taken: Taken, question_id: int, accepted: Accepted | None, now: datetime, request: str | None, *, is_on_screen: bool
) -> Change:
    return Change(
        club_id=taken.club_id,
        response_id=taken.id,
        question_id=question_id,
        operator_id=taken.operator_id,
        status=None if accepted is None else accepted.status,
        value=None if accepted is None else accepted.value,
        asked_at=taken.shown_at if is_on_screen else None,
        changed_at=now,
        request_key=request,
    )


def _write(taken: Taken, change: Change, accepted: Accepted, *, is_on_path: bool) -> int | None:
    """The answer's revision; None when the request was done before, whether or not it could be done now."""
    try:
        _ensure_open(taken)
        if not is_on_path:
            raise QuestionOffPathError(f"the answers of response {taken.id} do not lead to {change.question_id}")
    except HamsedaError:
        # Noted by a first request, which is refused; what it noted goes with its transaction.
        if changes.note(change):
            raise
        return None
    return writing.write(change, accepted.number)


def _ensure_open(taken: Taken) -> None:
    if taken.state is not ResponseState.STARTED:
        raise ResponseClosedError(f"response {taken.id} is {taken.state}")


def _as_it_stands(code: str, row: Row | None) -> Kept:
    """What came of a request that was done before, and of all since."""
    status, value, revision = (None, None, 0) if row is None else (row.status, row.value, row.revision)
    return Kept(code, status, value, revision, is_same_screen=False)


def _mark_path(taken: Taken, wording: Wording, others: Collection[Row], codes: tuple[str, ...]) -> None:
    writing.mark_path(taken.id, others, {wording.ids[code] for code in codes})


def _show(taken: Taken, code: str | None, on_screen: str, now: datetime) -> None:
    if taken.state is ResponseState.STARTED and taken.cursor != code:
        writing.show(taken.id, code, since=taken.shown_at if code == on_screen else now)
