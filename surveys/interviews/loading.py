"""An interview with all it consists of, as the services and the screen need it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import select
from sqlalchemy.orm import aliased

from config.database import db
from surveys.interviews import path
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import ResponseClosedError
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.interviews.taking import ANSWERS
from surveys.interviews.taking import rows_of
from surveys.interviews.wording import wording_of
from surveys.questionnaires.models import SurveyVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire


class Said(NamedTuple):
    """What stands as the answer to a question."""

    status: AnswerStatus
    value: Any


@dataclass(frozen=True)
class Interview:
    """A response, its questionnaire in the order of this interview, and its answers by the codes of the questions.

    `ids` are those of the questions by their codes; practice, which keeps no rows, has none.
    """

    response: Response
    questionnaire: Questionnaire
    rows: dict[str, Said]
    ids: Mapping[str, int] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, path.Given]:
        """The answers as the path sees them."""
        return {code: path.Given(row.value, row.status is not AnswerStatus.REFUSED) for code, row in self.rows.items()}

    @property
    def path(self) -> tuple[str, ...]:
        """The codes of the questions on the path."""
        return path.path_of(self.questionnaire, self.given)

    @property
    def current(self) -> str:
        """The code of the question on the screen: where the operator went, else the one to ask next, else the last."""
        codes = self.path
        if self.response.cursor in codes:
            return str(self.response.cursor)
        return path.next_unanswered(self.questionnaire, self.given) or codes[-1]

    def question(self, code: str) -> Question:
        """The question of that code. Raises QuestionNotFoundError."""
        if code not in self.questionnaire.by_code:
            raise QuestionNotFoundError(f"response {self.response.id} has no question {code!r}")
        return self.questionnaire.by_code[code]

    def ensure_open(self) -> None:
        """Raises ResponseClosedError when the interview has ended."""
        if self.response.state is not ResponseState.STARTED:
            raise ResponseClosedError(f"response {self.response.id} is {self.response.state}")


def to_read(response_id: int) -> Interview:
    """The interview. Raises ResponseNotFoundError."""
    found = _read(db.session.execute(_of_id(), {"id": response_id}).all())
    if found is None:
        raise ResponseNotFoundError(f"there is no response {response_id}")
    return found


def of_entry(club_id: int, entry_id: int) -> Interview | None:
    """The interview of a queue entry of the club; None before it has begun."""
    return _read(db.session.execute(_of_entry(), {"club": club_id, "entry": entry_id}).all())


def to_change(response_id: int) -> Interview:
    """The interview, locked, so that two requests for it come one after the other. Raises ResponseNotFoundError."""
    query = _locked()[db.session.get_bind().dialect.name]
    found = db.session.execute(query, {"id": response_id}, execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise ResponseNotFoundError(f"there is no response {response_id}")
    response, published_at, answers = found
    return _whole(response, published_at, [row[:3] for row in rows_of(answers)])


@cache
def _locked() -> dict[str, Select[*tuple[Any, ...]]]:
    """As surveys.interviews.taking has it, as an object; by the kinds of databases."""
    locked = _responses().where(Response.id == bindparam("id")).with_for_update(of=Response).cte("locked")
    response = aliased(Response, locked)
    return {name: select(response, locked.c.published_at, answers(locked.c.id)) for name, answers in ANSWERS.items()}


_SAID: tuple[Any, ...] = (Answer.question_id, Answer.status, Answer.value)


def _responses() -> Select[*tuple[Any, ...]]:
    return select(Response, SurveyVersion.published_at).join(SurveyVersion, SurveyVersion.id == Response.version_id)


@cache
def _of_id() -> Select[*tuple[Any, ...]]:
    return _with_answers().where(Response.id == bindparam("id"))


@cache
def _of_entry() -> Select[*tuple[Any, ...]]:
    """Asked at every refresh of every desk, so built once."""
    return _with_answers().where(Response.club_id == bindparam("club"), Response.entry_id == bindparam("entry"))


def _with_answers() -> Select[*tuple[Any, ...]]:
    return _responses().add_columns(*_SAID).outerjoin(Answer, Answer.response_id == Response.id)


def _read(rows: Sequence[Row[*tuple[Any, ...]]]) -> Interview | None:
    if not rows:
        return None
    response, published_at = rows[0][:2]
    return _whole(response, published_at, [row[2:] for row in rows if row.question_id is not None])


def _whole(response: Response, published_at: datetime | None, said: Sequence[Sequence[Any]]) -> Interview:
    wording = wording_of(response.club_id, response.version_id, published_at)
    return Interview(
        response=response,
        questionnaire=wording.questionnaire.arranged(response.order_seed),
        rows={wording.codes[question_id]: Said(status, value) for question_id, status, value in said},
        ids=wording.ids,
    )
