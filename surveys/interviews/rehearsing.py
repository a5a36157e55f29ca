"""An interview that nobody gives: the same path, answers and screen as a real one, and nothing is written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from surveys.interviews import path
from surveys.interviews import queries
from surveys.interviews.answers import accept
from surveys.interviews.errors import AnswerNeededError
from surveys.interviews.errors import IncompleteError
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.loading import Interview
from surveys.interviews.loading import Said as Said
from surveys.interviews.models import Response
from surveys.interviews.screens import with_pressed
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from datetime import date

    from surveys.interviews.screens import Screen
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Rehearsal:
    """How far it is: the answers so far, and the question on the screen (None: the first without an answer)."""

    id: int
    questionnaire: Questionnaire
    language: str
    placeholders: Mapping[str, Any]
    answers: Mapping[str, Said] = field(default_factory=dict)
    cursor: str | None = None

    @property
    def interview(self) -> Interview:
        """As the screen of an interview takes it. The response is never given to the database."""
        response = Response(
            id=self.id,
            state=ResponseState.STARTED,
            language=self.language,
            placeholders=dict(self.placeholders),
            cursor=self.cursor,
        )
        return Interview(response, self.questionnaire, dict(self.answers))

    @property
    def question(self) -> Question:
        """The question on the screen."""
        return self.questionnaire.by_code[self.interview.current]

    def screen(self) -> Screen:
        """The step on the screen."""
        return queries.screen_of(self.interview)

    def answer(self, code: str, status: AnswerStatus, value: Any, *, today: date) -> Rehearsal:
        """With this answer. Raises InvalidAnswerError, QuestionNotFoundError, QuestionOffPathError."""
        question = self._on_path(code)
        accepted = accept(question, status, value, today=today)
        return replace(self, answers={**self.answers, code: Said(accepted.status, accepted.value)}, cursor=code)

    def press(self, code: str, value: str, *, today: date) -> Rehearsal:
        """With one of many choices more, or one less. Raises as `answer`."""
        there = self.go_to(code)
        chosen = with_pressed(value, there.screen().choices)
        return there.answer(code, AnswerStatus.ANSWERED, sorted(chosen), today=today) if chosen else there.without(code)

    def without(self, code: str) -> Rehearsal:
        """Without an answer to this question."""
        kept = {one: said for one, said in self.answers.items() if one != code}
        return replace(self, answers=kept, cursor=code)

    def go_on(self) -> Rehearsal:
        """At the next step; what is only read out counts as read. Raises AnswerNeededError."""
        interview, question = self.interview, self.question
        codes, code = interview.path, question.code
        if code == codes[-1]:
            return self
        answers = dict(self.answers)
        if code not in answers:
            if question.wants_answer and question.is_required:
                raise AnswerNeededError(f"question {code!r} needs an answer")
            if not question.wants_answer:
                answers[code] = Said(AnswerStatus.ANSWERED, True)
        return replace(self, answers=answers, cursor=codes[codes.index(code) + 1])

    def go_back(self) -> Rehearsal:
        """At the step before."""
        codes = self.interview.path
        return replace(self, cursor=codes[max(0, codes.index(self.question.code) - 1)])

    def go_to(self, code: str) -> Rehearsal:
        """At a step that has its answer already. Raises QuestionNotFoundError, QuestionOffPathError."""
        self._on_path(code)
        return replace(self, cursor=code)

    def ensure_complete(self) -> None:
        """Raises IncompleteError while something is missing."""
        given = self.interview.given
        if not path.is_complete(self.questionnaire, given):
            raise IncompleteError(path.missing_required(self.questionnaire, given))

    def _on_path(self, code: str) -> Question:
        if code not in self.questionnaire.by_code:
            raise QuestionNotFoundError(f"there is no question {code!r}")
        if code not in self.interview.path:
            raise QuestionOffPathError(f"the answers do not lead to {code!r}")
        return self.questionnaire.by_code[code]
