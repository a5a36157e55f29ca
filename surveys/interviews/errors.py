"""What this room refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.errors import ConflictError
from config.errors import InvalidInputError
from config.errors import NotAllowedError
from config.errors import NotFoundError

if TYPE_CHECKING:
    from surveys.questionnaires.document import Question


class ResponseNotFoundError(NotFoundError):
    """There is no such response."""

    code = "response_not_found"


class OwnInterviewError(NotAllowedError):
    """Nobody judges an interview that they led, or a part of it."""

    code = "own_interview"


class QuestionNotFoundError(NotFoundError):
    """The questionnaire of this response has no such question."""

    code = "question_not_found"


class VersionNotOpenError(ConflictError):
    """The survey version takes no new interviews."""

    code = "version_not_open"


class ResponseClosedError(ConflictError):
    """The interview has ended; its answers stand."""

    code = "response_closed"


class QuestionOffPathError(ConflictError):
    """The answers so far do not lead to this question."""

    code = "question_off_path"


class AnswerNeededError(ConflictError):
    """The question cannot be passed without an answer, be it "does not know"."""

    code = "answer_needed"


class IncompleteError(ConflictError):
    """The path is not finished; `missing` are the codes of the questions still to ask."""

    code = "interview_incomplete"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"still to ask: {', '.join(missing)}" if missing else "the member did not consent")
        self.missing = missing


class InvalidAnswerError(InvalidInputError):
    """A value that is no answer to this question; `field` is the question's code, `question` says what would be one."""

    code = "invalid_answer"

    def __init__(self, question: Question, message: str) -> None:
        super().__init__(question.code, message)
        self.question = question


class LanguageNotOfferedError(InvalidInputError):
    """The questionnaire is not written in this language."""

    code = "language_not_offered"


class MissingPlaceholderError(InvalidInputError):
    """A text needs a value that was not given; `field` names it."""

    code = "missing_placeholder"
