"""One condition of a skip rule as a menu makes it: which comparisons suit the answer to a question. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import parse_date
from config.errors import InvalidInputError
from config.formats import RIAL_PER_TOMAN
from config.text import to_ascii_digits
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import WITHOUT_VALUE
from surveys.questionnaires.rules import Condition

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

MOST_DIGITS = 9
_GROUPING = re.compile(r"[,٬،\s]")
_ON_A_SCALE = ("<=", ">=", "=", "!=", "in", "answered")
_ON_A_NUMBER = ("<=", ">=", "<", ">", "=", "!=", "answered")
# The comparisons that suit an answer of each kind, the likeliest first.
_OPERATORS: dict[Kind, tuple[str, ...]] = {
    Kind.CONSENT: ("=",),
    Kind.YES_NO: ("=", "answered"),
    Kind.RATING: _ON_A_SCALE,
    Kind.RECOMMEND: _ON_A_SCALE,
    Kind.EFFORT: _ON_A_SCALE,
    Kind.CHOICE_ONE: ("=", "!=", "in", "answered"),
    Kind.CHOICE_MANY: ("has", "answered"),
    Kind.NUMBER: _ON_A_NUMBER,
    Kind.AMOUNT: _ON_A_NUMBER,
    Kind.DATE: _ON_A_NUMBER,
}
SCALES = {
    Kind.RATING: range(1, RATING_TOP + 1),
    Kind.RECOMMEND: range(RECOMMEND_TOP + 1),
    Kind.EFFORT: range(1, EFFORT_TOP + 1),
}


def operators_for(question: Question) -> tuple[str, ...]:
    """The comparisons that suit the question's answer, the likeliest first."""
    return _OPERATORS.get(question.kind, ("answered",))


def values_for(question: Question) -> tuple[str | int, ...]:
    """The values to choose from; none where a number is typed."""
    if question.kind in SCALES:
        return tuple(SCALES[question.kind])
    if question.kind in (Kind.YES_NO, Kind.CONSENT):
        return (YES, NO)
    return tuple(choice.code for choice in question.choices)


def first(code: str, questionnaire: Questionnaire) -> Condition | None:
    """A new condition on a question, to be completed; None when there is no such question."""
    question = questionnaire.by_code.get(code)
    return None if question is None else Condition(code, operators_for(question)[0])


def from_form(form: MultiDict[str, str], row: str, questionnaire: Questionnaire) -> Condition | None:
    """The condition in one row of the form; None when its question is gone."""
    question = questionnaire.by_code.get(form.get(f"when-{row}-question", ""))
    if question is None:
        return None
    operator = form.get(f"when-{row}-is", "")
    if operator not in operators_for(question):
        return first(question.code, questionnaire)
    if operator in WITHOUT_VALUE:
        return Condition(question.code, operator)
    values = [value for one in form.getlist(f"when-{row}-value") if (value := _value(question, one)) is not None]
    if operator == "in":
        return Condition(question.code, operator, values or None)
    return Condition(question.code, operator, values[0] if values else None)


def _value(question: Question, typed: str) -> Any:
    """The value that was typed or chosen; None when it is no answer to the question."""
    text = to_ascii_digits(typed).strip()
    known = {str(value): value for value in values_for(question)}
    return known.get(text) if known else typed_value(question, text)


def typed_value(question: Question, text: str) -> Any:
    """What was typed for a number, an amount in Toman (kept in rial) or a day; None when it is none of these."""
    if question.kind is Kind.DATE:
        return day_typed(text)
    toman = whole_number(text)
    return toman if question.kind is not Kind.AMOUNT or toman is None else toman * RIAL_PER_TOMAN


def whole_number(typed: str) -> int | None:
    """The number, in any digits, grouped or not; None for anything else."""
    text = _GROUPING.sub("", to_ascii_digits(typed)).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None


def day_typed(text: str) -> str | None:
    """The day in either calendar in ISO form; None when it is none."""
    try:
        return parse_date(text).isoformat()
    except InvalidInputError:
        return None
