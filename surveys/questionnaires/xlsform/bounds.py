"""Constraints of XLSForm to our bounds of an answer: numbers, days, and choices that stand alone."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from math import ceil
from math import floor
from typing import Any

from surveys.questionnaires.document import TODAY
from surveys.questionnaires.xlsform.expressions import Call
from surveys.questionnaires.xlsform.expressions import Compare
from surveys.questionnaires.xlsform.expressions import Logic
from surveys.questionnaires.xlsform.expressions import This
from surveys.questionnaires.xlsform.expressions import Value

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class BoundError(ValueError):
    """A constraint that is none of ours."""


@dataclass(frozen=True)
class Bounds:
    """What a constraint asks of an answer; `alone` are the names of choices that exclude all others."""

    minimum: int | None = None
    maximum: int | None = None
    earliest: str | None = None
    latest: str | None = None
    alone: tuple[str, ...] = ()


def bounds_of(expression: Any, bounds: Bounds = Bounds()) -> Bounds:
    """`bounds` narrowed by what `expression` asks. Raises BoundError."""
    if isinstance(expression, Logic) and expression.word == "and":
        for part in expression.parts:
            bounds = bounds_of(part, bounds)
        return bounds
    if isinstance(expression, Compare):
        return _compared(expression, bounds)
    return replace(bounds, alone=(*bounds.alone, _alone(expression)))


def _compared(node: Compare, bounds: Bounds) -> Bounds:
    left, operator, right = node.left, node.operator, node.right
    if isinstance(right, This):
        left, operator, right = right, _TURNED.get(operator, operator), left
    if not isinstance(left, This) or operator not in _TURNED:
        raise BoundError
    if isinstance(right, Value) and isinstance(right.value, int | float):
        return _numbers(operator, right.value, bounds)
    return _days(operator, right, bounds)


def _numbers(operator: str, number: float, bounds: Bounds) -> Bounds:
    if operator in {">", ">="}:
        lowest = floor(number) + 1 if operator == ">" else ceil(number)
        return replace(bounds, minimum=lowest if bounds.minimum is None else max(lowest, bounds.minimum))
    highest = ceil(number) - 1 if operator == "<" else floor(number)
    return replace(bounds, maximum=highest if bounds.maximum is None else min(highest, bounds.maximum))


def _days(operator: str, node: Any, bounds: Bounds) -> Bounds:
    if node == Call(TODAY, ()):
        if operator in {"<", ">"}:
            raise BoundError
        day = TODAY
    else:
        day = _day(operator, node)
    is_lowest = operator in {">", ">="}
    if (bounds.earliest if is_lowest else bounds.latest) is not None:
        raise BoundError
    return replace(bounds, earliest=day) if is_lowest else replace(bounds, latest=day)


def _day(operator: str, node: Any) -> str:
    if isinstance(node, Call) and node.name == "date" and len(node.arguments) == 1:
        node = node.arguments[0]
    try:
        day = date.fromisoformat(node.value)
        return str(day + timedelta(days={">": 1, "<": -1}.get(operator, 0)))
    except (AttributeError, TypeError, ValueError, OverflowError):
        raise BoundError from None


def _alone(node: Any) -> str:
    """`not(selected(., 'none') and count-selected(.) > 1)`, and what means the same."""
    match node:
        case Call("not", (Logic("and", (chosen, Compare(">", Call("count-selected", (This(),)), Value(1)))),)):
            return _chosen(chosen)
        case Logic("or", (Call("not", (chosen,)), Compare("=", Call("count-selected", (This(),)), Value(1)))):
            return _chosen(chosen)
    raise BoundError


def _chosen(node: Any) -> str:
    match node:
        case Call("selected", (This(), Value(name))):
            return str(name)
    raise BoundError
