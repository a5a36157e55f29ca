"""An interview with all it consists of, as the services and the screen need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from config.database import db
from surveys.interviews import path
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import ResponseClosedError
from surveys.interviews.errors import ResponseNotFoundError
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.models import VersionQuestion

if TYPE_CHECKING:
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Interview:
    """A response, its questionnaire in the order of this interview, and its answers by the codes of the questions."""

    response: Response
    questionnaire: Questionnaire
    rows: dict[str, Answer]

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
    return _whole(response_id, db.session.get(Response, response_id))


def to_change(response_id: int) -> Interview:
    """The interview, locked, so that two requests for it come one after the other. Raises ResponseNotFoundError."""
    return _whole(response_id, db.session.get(Response, response_id, with_for_update=True, populate_existing=True))


def _whole(response_id: int, response: Response | None) -> Interview:
    if response is None:
        raise ResponseNotFoundError(f"there is no response {response_id}")
    answers = db.session.execute(
        select(VersionQuestion.code, Answer)
        .join(VersionQuestion, VersionQuestion.id == Answer.question_id)
        .where(Answer.response_id == response_id)
    )
    return Interview(
        response=response,
        questionnaire=questionnaires.questionnaire_of(response.club_id, response.version_id).arranged(
            response.order_seed
        ),
        rows=dict(answers.all()),
    )
