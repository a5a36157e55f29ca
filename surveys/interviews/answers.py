"""What counts as an answer to each kind of question, and the form in which it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import parse_date
from config.errors import InvalidInputError
from config.formats import RIAL_PER_TOMAN
from config.text import clean_text
from config.text import to_ascii_digits
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from surveys.questionnaires.document import Question

OPEN_TEXT_LIMIT = 4000
COUNTED = frozenset({Kind.RATING, Kind.RECOMMEND, Kind.EFFORT, Kind.NUMBER})
# The `number` column is a 32-bit integer.
NUMBER_LIMIT = 2_147_483_647
# A quadrillion rial: more than any purchase, less than a browser's largest exact whole number.
AMOUNT_LIMIT = 10**15
MOST_AMOUNT_DIGITS = 15
# Typed amounts may be grouped.
_GROUPING = re.compile(r"(?<=\d)[,٬،](?=\d{3})")


@dataclass(frozen=True)
class Accepted:
    """An answer as it is stored. `number` is set for what is COUNTED as a number."""

    status: AnswerStatus
    value: Any = None
    number: int | None = None


def accept(question: Question, status: AnswerStatus, value: Any, *, today: date) -> Accepted:
    """The stored form of what was given, on a day. Raises InvalidAnswerError when it is no answer to this question."""
    if status is not AnswerStatus.ANSWERED:
        return _without_value(question, status, value)
    stored = VALIDATORS[question.kind](question, value)
    if question.kind is Kind.DATE:
        _ensure_within_days(question, stored, today.isoformat())
    return Accepted(status, stored, stored if question.kind in COUNTED else None)


def _without_value(question: Question, status: AnswerStatus, value: Any) -> Accepted:
    if question.kind is Kind.CONSENT or not question.wants_answer:
        raise InvalidAnswerError(question, f"a question of kind {question.kind} cannot be left as {status}")
    if value not in (None, "", []):
        raise InvalidAnswerError(question, f"{status} comes without a value")
    return Accepted(status)


def _read_out(question: Question, value: Any) -> bool:
    if value not in (None, "", True):
        raise InvalidAnswerError(question, "this is only read out and takes no value")
    return True


def _yes_no(question: Question, value: Any) -> str:
    if value not in (YES, NO):
        raise InvalidAnswerError(question, f"the answer is {YES!r} or {NO!r}, not {value!r}")
    return str(value)


def _within(lowest: int, highest: int) -> Callable[[Question, Any], int]:
    return lambda question, value: _bounded(question, value, lowest, highest)


def _number(question: Question, value: Any) -> int:
    # Bounds of one's own may be wider than the column.
    lowest = -NUMBER_LIMIT if question.minimum is None else max(question.minimum, -NUMBER_LIMIT)
    highest = NUMBER_LIMIT if question.maximum is None else min(question.maximum, NUMBER_LIMIT)
    return _bounded(question, value, lowest, highest)


def _bounded(question: Question, value: Any, lowest: int, highest: int) -> int:
    number = _whole_number(value)
    if number is None or not lowest <= number <= highest:
        raise InvalidAnswerError(question, f"the answer is a whole number from {lowest} to {highest}, not {value!r}")
    return number


def _amount(question: Question, value: Any) -> int:
    """Toman as they are said and typed, kept as rial."""
    text = _GROUPING.sub("", to_ascii_digits(value)).strip() if isinstance(value, str) else value
    toman = _whole_number(text, most_digits=MOST_AMOUNT_DIGITS)
    lowest = 0 if question.minimum is None else question.minimum
    highest = AMOUNT_LIMIT if question.maximum is None else min(question.maximum, AMOUNT_LIMIT)
    if toman is None or not lowest <= toman * RIAL_PER_TOMAN <= highest:
        raise InvalidAnswerError(
            question, f"the answer is an amount of Toman worth {lowest} to {highest} rial, not {value!r}"
        )
    return toman * RIAL_PER_TOMAN


def _day(question: Question, value: Any) -> str:
    """The day written in either calendar, kept in ISO form."""
    if not isinstance(value, str):
        raise InvalidAnswerError(question, f"the answer is a day, not {value!r}")
    try:
        return parse_date(value, question.code).isoformat()
    except InvalidInputError as error:
        raise InvalidAnswerError(question, str(error)) from None


def _ensure_within_days(question: Question, day: str, today: str) -> None:
    earliest, latest = (today if bound == TODAY else bound for bound in (question.earliest, question.latest))
    if (earliest is not None and day < earliest) or (latest is not None and day > latest):
        raise InvalidAnswerError(question, f"the answer is a day from {earliest} to {latest}, not {day}")


def _whole_number(value: Any, most_digits: int = 10) -> int | None:
    """The number in `value`; forms send text, people type Persian digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        text = to_ascii_digits(value).strip()
        return int(text) if re.fullmatch(rf"[+-]?[0-9]{{1,{most_digits}}}", text) else None
    return None


def _one_choice(question: Question, value: Any) -> str:
    codes = [choice.code for choice in question.choices]
    if value not in codes:
        raise InvalidAnswerError(question, f"the answer is one of {', '.join(codes)}, not {value!r}")
    return str(value)


def _many_choices(question: Question, value: Any) -> list[str]:
    codes = [choice.code for choice in question.choices]
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or not given or any(code not in codes for code in given):
        raise InvalidAnswerError(question, f"the answer is some of {', '.join(codes)}, not {value!r}")
    if len(set(given)) > 1 and any(choice.code in given for choice in question.choices if choice.is_exclusive):
        raise InvalidAnswerError(question, f"a choice among {', '.join(given)} is chosen alone or not at all")
    # In the questionnaire's order, so that the same choices are the same answer.
    return [code for code in codes if code in given]


def _open_text(question: Question, value: Any) -> str:
    text = clean_text(value) if isinstance(value, str) else ""
    if not text:
        raise InvalidAnswerError(question, "write what was said, or pass the question")
    if len(text) > OPEN_TEXT_LIMIT:
        raise InvalidAnswerError(question, f"write at most {OPEN_TEXT_LIMIT} characters, not {len(text)}")
    if question.word_limit is not None and len(text.split()) > question.word_limit:
        raise InvalidAnswerError(question, f"write at most {question.word_limit} words, not {len(text.split())}")
    return text


VALIDATORS: dict[Kind, Callable[[Question, Any], Any]] = {
    Kind.INTRODUCTION: _read_out,
    Kind.INSTRUCTION: _read_out,
    Kind.CONSENT: _yes_no,
    Kind.RATING: _within(1, RATING_TOP),
    Kind.RECOMMEND: _within(0, RECOMMEND_TOP),
    Kind.EFFORT: _within(1, EFFORT_TOP),
    Kind.YES_NO: _yes_no,
    Kind.CHOICE_ONE: _one_choice,
    Kind.CHOICE_MANY: _many_choices,
    Kind.OPEN_TEXT: _open_text,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.DATE: _day,
    Kind.CLOSING: _read_out,
}
