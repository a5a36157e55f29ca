"""Skip rules: when a question is asked, told as data about earlier answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

# ISO days sort as they come.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Every(StrEnum):
    """Whether all conditions of a rule must hold, or any one."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Condition:
    """A comparison of the answer to an earlier `question` with `value`; `operator` is a key of OPERATORS."""

    question: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class Rule:
    """When a question is asked: `every` all or any of the `conditions`."""

    every: Every
    conditions: tuple[Condition, ...]


def is_number(value: Any) -> bool:
    """Whether a value of JSON is a number (true and false are not)."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_day(value: Any) -> bool:
    """Whether a value of JSON is a day of the calendar, as 2025-11-21."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """`compare`, false where not both sides are numbers or days: words have no order in a questionnaire."""
    return lambda answer, value: _have_order(answer, value) and compare(answer, value)


def _have_order(answer: Any, value: Any) -> bool:
    return (is_number(answer) and is_number(value)) or (is_day(answer) and is_day(value))


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda answer, value: bool(answer == value),
    "!=": lambda answer, value: bool(answer != value),
    "<": _ordered(lambda answer, value: answer < value),
    "<=": _ordered(lambda answer, value: answer <= value),
    ">": _ordered(lambda answer, value: answer > value),
    ">=": _ordered(lambda answer, value: answer >= value),
    "in": lambda answer, value: isinstance(value, list | tuple) and answer in value,
    "has": lambda answer, value: isinstance(answer, list | tuple) and value in answer,
    "answered": lambda _answer, _value: True,
}
# The operators that compare with nothing.
WITHOUT_VALUE = frozenset({"answered"})
# The operators that need a number or a day on the right.
ORDERED = frozenset({"<", "<=", ">", ">="})

_EVERY: dict[Every, Callable[[list[bool]], bool]] = {Every.ALL: all, Every.ANY: any}


def holds(rule: Rule | None, values: Mapping[str, Any]) -> bool:
    """Whether a question with this rule is asked. `values` are the answers given, by question code.

    A condition on a question without an answer (not asked, not known, refused) does not hold. No rule always holds.
    """
    if rule is None:
        return True
    return _EVERY[rule.every]([_condition_holds(condition, values) for condition in rule.conditions])


def _condition_holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    if condition.question not in values:
        return False
    return OPERATORS[condition.operator](values[condition.question], condition.value)
