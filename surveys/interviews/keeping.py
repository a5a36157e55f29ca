"""Keeping one answer: what happens at every key an operator presses, in as few statements as it takes.

Tables are read and written as rows here, not as objects: the same work at half the price.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import cast

from sqlalchemy import bindparam
from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite

from config.accounts.models import Club
from config.calendar import local
from config.database import db
from config.database import run_plain
from surveys.interviews import changes
from surveys.interviews import path
from surveys.interviews.answers import Accepted
from surveys.interviews.answers import accept
from surveys.interviews.changes import Change
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.errors import ResponseClosedError
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.interviews.wording import wording_of
from surveys.questionnaires.models import SurveyVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Table

    from surveys.interviews.wording import Wording
    from surveys.questionnaires.document import Questionnaire


class Taken(NamedTuple):
    """A response that this transaction has locked: whose it is, and where it stands."""

    id: int
    club_id: int
    version_id: int
    published_at: datetime | None
    entry_id: int
    operator_id: int
    state: ResponseState
    cursor: str | None
    shown_at: datetime | None
    order_seed: int | None
    zone: str


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


class _Row(NamedTuple):
    question_id: int
    status: AnswerStatus
    value: Any
    is_on_path: bool
    revision: int


_responses, _answers, _versions, _clubs = (
    cast("Table", model.__table__) for model in (Response, Answer, SurveyVersion, Club)
)
_TAKE = (
    select(
        _responses.c.id, _responses.c.club_id, _responses.c.version_id, _versions.c.published_at,
        _responses.c.entry_id, _responses.c.operator_id, _responses.c.state, _responses.c.cursor,
        _responses.c.shown_at, _responses.c.order_seed, _clubs.c.time_zone,
    )
    .join_from(_responses, _versions, _versions.c.id == _responses.c.version_id)
    .join(_clubs, _clubs.c.id == _responses.c.club_id)
    .where(_responses.c.id == bindparam("response_id"))
    .with_for_update(of=_responses)
)  # fmt: skip
_READ = select(*(_answers.c[name] for name in _Row._fields)).where(_answers.c.response_id == bindparam("response_id"))
_DELETE = delete(_answers).where(
    _answers.c.response_id == bindparam("response_id"), _answers.c.question_id == bindparam("question_id")
)
_WRITTEN = ("club_id", "response_id", "question_id", "status", "value", "number", "answered_at")
_REPLACED = ("status", "value", "number", "answered_at")


def _upsert(dialect: Any) -> Any:
    insert = dialect.insert(_answers).values(
        **{name: bindparam(name) for name in _WRITTEN}, is_on_path=True, revision=1
    )
    return insert.on_conflict_do_update(
        index_elements=[_answers.c.response_id, _answers.c.question_id],
        set_={
            **{name: insert.excluded[name] for name in _REPLACED},
            "is_on_path": True,
            "revision": _answers.c.revision + 1,
        },
    ).returning(_answers.c.revision)


_UPSERTS = {"postgresql": _upsert(postgresql), "sqlite": _upsert(sqlite)}


def take(response_id: int) -> Taken:
    """Lock a response, so that two answers to it come one after the other. Raises ResponseNotFoundError."""
    db.session.flush()
    row = run_plain(_TAKE, {"response_id": response_id}).one_or_none()
    if row is None:
        raise ResponseNotFoundError(f"there is no response {response_id}")
    return Taken._make(row)


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
    wording = wording_of(taken.club_id, taken.version_id, taken.published_at)
    if question not in wording.ids:
        raise QuestionNotFoundError(f"response {taken.id} has no question {question!r}")
    if taken.state is not ResponseState.STARTED:
        raise ResponseClosedError(f"response {taken.id} is {taken.state}")
    questionnaire = wording.questionnaire.arranged(taken.order_seed)
    rows = _rows_of(taken.id, wording)
    given = _given(rows)
    on_screen = _on_screen(taken, questionnaire, given, path.path_of(questionnaire, given))
    if not changes.note(_change(taken, wording.ids[question], None, now, request, is_on_screen=on_screen == question)):
        return
    others = {code: row for code, row in rows.items() if code != question}
    run_plain(_DELETE, {"response_id": taken.id, "question_id": wording.ids[question]})
    _refresh_flags(taken.id, others, path.path_of(questionnaire, _given(others)))
    _show(taken, question, on_screen, now)
    _forget_objects()


def _given(rows: Mapping[str, _Row]) -> dict[str, path.Given]:
    return {code: path.Given(row.value, row.status is not AnswerStatus.REFUSED) for code, row in rows.items()}


def _keep(
    taken: Taken, code: str, status: AnswerStatus, value: Any, now: datetime, request: str | None, *, goes_on: bool
) -> Kept:
    wording = wording_of(taken.club_id, taken.version_id, taken.published_at)
    if code not in wording.ids:
        raise QuestionNotFoundError(f"response {taken.id} has no question {code!r}")
    # As it was written: the same choices are the same answer in whatever order they were read out.
    accepted = accept(wording.questionnaire.by_code[code], status, value, today=local(now, taken.zone).date())
    questionnaire = wording.questionnaire.arranged(taken.order_seed)
    rows = _rows_of(taken.id, wording)
    given = _given(rows)
    codes = before = path.path_of(questionnaire, given)
    on_screen = _on_screen(taken, questionnaire, given, before)
    row = rows.get(code)
    if row is not None and row.is_on_path and (row.status, row.value) == (accepted.status, accepted.value):
        # The same request again is harmless even when the interview has ended meanwhile.
        revision = row.revision
    elif not changes.note(_change(taken, wording.ids[code], accepted, now, request, is_on_screen=on_screen == code)):
        return _as_it_stands(code, row)
    else:
        _ensure_may_be_given(taken, code, before)
        revision = _write(taken, wording.ids[code], accepted, now)
        given[code] = path.Given(accepted.value, accepted.status is not AnswerStatus.REFUSED)
        codes = path.path_of(questionnaire, given)
        _refresh_flags(taken.id, {one: row for one, row in rows.items() if one != code}, codes)
    _show(taken, path.next_unanswered(questionnaire, given, after=code) if goes_on else code, on_screen, now)
    _forget_objects()
    return Kept(
        question=code,
        status=accepted.status,
        value=accepted.value,
        revision=revision,
        is_same_screen=taken.state is ResponseState.STARTED and on_screen == code != codes[-1] and codes == before,
    )


def _as_it_stands(code: str, row: _Row | None) -> Kept:
    """What came of a request that was done before, and of all since."""
    status, value, revision = (None, None, 0) if row is None else (row.status, row.value, row.revision)
    return Kept(code, status, value, revision, is_same_screen=False)


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


def _rows_of(response_id: int, wording: Wording) -> dict[str, _Row]:
    rows = (_Row._make(row) for row in run_plain(_READ, {"response_id": response_id}))
    return {wording.codes[row.question_id]: row for row in rows}


def _on_screen(taken: Taken, questionnaire: Questionnaire, given: dict[str, path.Given], codes: tuple[str, ...]) -> str:
    if taken.cursor is not None and taken.cursor in codes:
        return taken.cursor
    return path.next_unanswered(questionnaire, given) or codes[-1]


def _ensure_may_be_given(taken: Taken, code: str, codes: tuple[str, ...]) -> None:
    if taken.state is not ResponseState.STARTED:
        raise ResponseClosedError(f"response {taken.id} is {taken.state}")
    if code not in codes:
        raise QuestionOffPathError(f"the answers of response {taken.id} do not lead to {code!r}")


def _write(taken: Taken, question_id: int, accepted: Accepted, now: datetime) -> int:
    row = {
        "club_id": taken.club_id,
        "response_id": taken.id,
        "question_id": question_id,
        "status": accepted.status,
        "value": accepted.value,
        "number": accepted.number,
        "answered_at": now,
    }
    return int(run_plain(_UPSERTS[db.session.get_bind().dialect.name], row).scalar_one())


def _refresh_flags(response_id: int, others: dict[str, _Row], codes: tuple[str, ...]) -> None:
    """What a changed earlier answer took off the path is kept and not counted; what it brought back counts again."""
    for is_on_path in (True, False):
        there = {code: row for code, row in others.items() if (code in codes) is is_on_path}
        moved = [row.question_id for row in there.values() if row.is_on_path is not is_on_path]
        if moved:
            db.session.execute(
                update(_answers)
                .where(_answers.c.response_id == response_id, _answers.c.question_id.in_(moved))
                .values(is_on_path=is_on_path)
            )


def _show(taken: Taken, code: str | None, on_screen: str, now: datetime) -> None:
    if taken.state is ResponseState.STARTED and taken.cursor != code:
        since = taken.shown_at if code == on_screen else now
        shown = update(_responses).where(_responses.c.id == taken.id).values(cursor=code, shown_at=since)
        db.session.execute(shown)


def _forget_objects() -> None:
    """Objects that the session holds of these rows are older than the rows."""
    for held in list(db.session):
        if isinstance(held, Response | Answer):
            db.session.expire(held)
