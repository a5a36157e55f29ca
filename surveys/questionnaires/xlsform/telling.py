"""Our rules and bounds in the words of XLSForm."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import is_number

if TYPE_CHECKING:
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition
    from surveys.questionnaires.rules import Rule


def name_of(code: str) -> str:
    """The name of a question: its code, but for the one word that XLSForm keeps for itself."""
    return "meta_question" if code == "meta" else code


def rule(when: Rule, questionnaire: Questionnaire) -> str:
    """`relevant` for a rule."""
    told = [_condition(condition, questionnaire.by_code[condition.question]) for condition in when.conditions]
    return (" and " if when.every is Every.ALL else " or ").join(told)


def bounds(question: Question) -> str:
    """`constraint` for the bounds of an answer and the choices that stand alone."""
    alone = [choice.code for choice in question.choices if choice.is_exclusive]
    parts = [
        *([f". >= {question.minimum}"] if question.minimum is not None else []),
        *([f". <= {question.maximum}"] if question.maximum is not None else []),
        *([f". >= {_day(question.earliest)}"] if question.earliest else []),
        *([f". <= {_day(question.latest)}"] if question.latest else []),
        *(f"not(selected(., '{code}') and count-selected(.) > 1)" for code in alone),
    ]
    return " and ".join(parts)


def _condition(condition: Condition, question: Question) -> str:
    ref = f"${{{name_of(condition.question)}}}"
    if condition.operator == "answered":
        return f"{ref} != ''"
    if condition.operator == "has":
        return f"selected({ref}, {_value(condition.value, question)})"
    if condition.operator == "in":
        values = [f"{ref} = {_value(value, question)}" for value in condition.value]
        return values[0] if len(values) == 1 else f"({' or '.join(values)})"
    told = f"{ref} {condition.operator} {_value(condition.value, question)}"
    # Without an answer the rule does not hold here; in XLSForm it would.
    return f"({ref} != '' and {told})" if condition.operator == "!=" else told


def _value(value: Any, question: Question) -> str:
    if is_number(value):
        return str(value)
    if question.kind is Kind.DATE:
        return _day(str(value))
    # XLSForm cannot write a text with both marks.
    mark = '"' if "'" in str(value) else "'"
    return f"{mark}{str(value).replace(mark, '’')}{mark}"


def _day(day: str) -> str:
    return "today()" if day == TODAY else f"date('{day}')"
