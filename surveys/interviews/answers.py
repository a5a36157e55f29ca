"""What counts as an answer to each kind of question, and the form in which it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from config.text import clean_text
from config.text import to_ascii_digits
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import READ_OUT
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.questionnaires.document import Question

OPEN_TEXT_LIMIT = 4000
# The `number` column is a 32-bit integer.
NUMBER_LIMIT = 2_147_483_647


@dataclass(frozen=True)
class Accepted:
    """An answer as it is stored. `number` is set for what can be counted as a number."""

    status: AnswerStatus
    value: Any = None
    number: int | None = None


def accept(question: Question, status: AnswerStatus, value: Any) -> Accepted:
    """The stored form of what was given. Raises InvalidAnswerError when it is no answer to this question."""
    if status is not AnswerStatus.ANSWERED:
        return _without_value(question, status, value)
    stored = VALIDATORS[question.kind](question, value)
    return Accepted(status, stored, stored if isinstance(stored, int) and question.kind not in READ_OUT else None)


def _without_value(question: Question, status: AnswerStatus, value: Any) -> Accepted:
    if question.kind is Kind.CONSENT or not question.wants_answer:
        raise InvalidAnswerError(question.code, f"a question of kind {question.kind} cannot be left as {status}")
    if value not in (None, "", []):
        raise InvalidAnswerError(question.code, f"{status} comes without a value")
    return Accepted(status)


def _read_out(question: Question, value: Any) -> bool:
    if value not in (None, "", True):
        raise InvalidAnswerError(question.code, "this is only read out and takes no value")
    return True


def _yes_no(question: Question, value: Any) -> str:
    if value not in (YES, NO):
        raise InvalidAnswerError(question.code, f"the answer is {YES!r} or {NO!r}, not {value!r}")
    return str(value)


def _within(lowest: int, highest: int) -> Callable[[Question, Any], int]:
    return lambda question, value: _bounded(question, value, lowest, highest)


def _number(question: Question, value: Any) -> int:
    lowest = -NUMBER_LIMIT if question.minimum is None else question.minimum
    highest = NUMBER_LIMIT if question.maximum is None else question.maximum
    return _bounded(question, value, lowest, highest)


def _bounded(question: Question, value: Any, lowest: int, highest: int) -> int:
    number = _whole_number(value)
    if number is None or not lowest <= number <= highest:
        raise InvalidAnswerError(
            question.code, f"the answer is a whole number from {lowest} to {highest}, not {value!r}"
        )
    return number


def _whole_number(value: Any) -> int | None:
    """The number in `value`; forms send text, people type Persian digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = to_ascii_digits(value).strip()
        return int(text) if re.fullmatch(r"[+-]?[0-9]{1,10}", text) else None
    return None


def _one_choice(question: Question, value: Any) -> str:
    codes = [choice.code for choice in question.choices]
    if value not in codes:
        raise InvalidAnswerError(question.code, f"the answer is one of {', '.join(codes)}, not {value!r}")
    return str(value)


def _many_choices(question: Question, value: Any) -> list[str]:
    codes = [choice.code for choice in question.choices]
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not given or any(code not in codes for code in given):
        raise InvalidAnswerError(question.code, f"the answer is some of {', '.join(codes)}, not {value!r}")
    # In the questionnaire's order, so that the same choices are the same answer.
    return [code for code in codes if code in given]


def _open_text(question: Question, value: Any) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if not text:
        raise InvalidAnswerError(question.code, "write what was said, or pass the question")
    if len(text) > OPEN_TEXT_LIMIT:
        raise InvalidAnswerError(question.code, f"write at most {OPEN_TEXT_LIMIT} characters, not {len(text)}")
    return text


VALIDATORS: dict[Kind, Callable[[Question, Any], Any]] = {
    Kind.INTRODUCTION: _read_out,
    Kind.INSTRUCTION: _read_out,
    Kind.CONSENT: _yes_no,
    Kind.RATING: _within(1, RATING_TOP),
    Kind.RECOMMEND: _within(0, RECOMMEND_TOP),
    Kind.YES_NO: _yes_no,
    Kind.CHOICE_ONE: _one_choice,
    Kind.CHOICE_MANY: _many_choices,
    Kind.OPEN_TEXT: _open_text,
    Kind.NUMBER: _number,
    Kind.CLOSING: _read_out,
}
