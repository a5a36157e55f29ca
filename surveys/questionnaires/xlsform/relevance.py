"""Skip rules: `relevant` of XLSForm to ours, and back.

Their meaning differs in one point: without an answer, `${a} != 'x'` holds in XLSForm and never here. Ours is therefore
written as `(${a} != '' and ${a} != 'x')`.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from math import isfinite
from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import NO
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.expressions import Call
from surveys.questionnaires.xlsform.expressions import Compare
from surveys.questionnaires.xlsform.expressions import Logic
from surveys.questionnaires.xlsform.expressions import Ref
from surveys.questionnaires.xlsform.expressions import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS = frozenset({Kind.RATING, Kind.RECOMMEND, Kind.EFFORT, Kind.NUMBER, Kind.AMOUNT})
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_DENIED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@dataclass(frozen=True)
class Asked:
    """A question that rules may look back to: our code, what it asks, and our codes of its choices by their names."""

    code: str
    kind: Kind
    choices: Mapping[str, str] = field(default_factory=dict)


class RelevanceError(ValueError):
    """What cannot be a rule here."""

    def __init__(self, reason: Any, **values: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.values = values


@dataclass(frozen=True)
class Relevance:
    """A rule as plain data; `is_narrower` when a missing answer means something else here."""

    rule: dict[str, Any]
    is_narrower: bool


def rule_of(expression: Any, known: Mapping[str, Asked]) -> Relevance:
    """The rule that `expression` tells. Raises RelevanceError."""
    reader = _Reader(known)
    rule = reader.rule(expression)
    return Relevance(rule, reader.is_narrower)


class _Reader:
    def __init__(self, known: Mapping[str, Asked]) -> None:
        self._known = known
        self.is_narrower = False

    def rule(self, node: Any) -> dict[str, Any]:
        if isinstance(node, Logic) and node.word == "or":
            one = self._one_of(node) if node.is_grouped else None
            return {"all": [one]} if one else {"any": [self._alone(part) for part in node.parts]}
        return {"all": self._every(node)}

    def _every(self, node: Any) -> list[dict[str, Any]]:
        """The conditions of which all must hold."""
        if isinstance(node, Logic) and node.word == "and":
            other = self._other_than(node) if node.is_grouped else None
            return [other] if other else [one for part in node.parts for one in self._every(part)]
        return [self._alone(node)]

    def _alone(self, node: Any) -> dict[str, Any]:
        """The one condition that `node` is."""
        if not isinstance(node, Logic):
            return self._condition(node)
        found = self._one_of(node) if node.word == "or" else self._other_than(node)
        if found is None:
            raise RelevanceError(reasons.MIXED_RULE)
        return found

    def _one_of(self, node: Logic) -> dict[str, Any] | None:
        """`(${a} = 'x' or ${a} = 'y')`."""
        if any(isinstance(part, Logic) for part in node.parts):
            return None
        parts = [self._condition(part) for part in node.parts]
        if {part["is"] for part in parts} != {"="} or len({part["question"] for part in parts}) > 1:
            return None
        return {"question": parts[0]["question"], "is": "in", "value": [part["value"] for part in parts]}

    def _other_than(self, node: Logic) -> dict[str, Any] | None:
        """`(${a} != '' and ${a} != 'x')`."""
        if len(node.parts) != 2 or any(isinstance(part, Logic) for part in node.parts):  # noqa: PLR2004 - those two
            return None
        was_narrower = self.is_narrower
        answered, other = (self._condition(part) for part in node.parts)
        if (answered["is"], other["is"]) != ("answered", "!=") or answered["question"] != other["question"]:
            return None
        self.is_narrower = was_narrower
        return other

    def _condition(self, node: Any) -> dict[str, Any]:
        if isinstance(node, Compare):
            return self._comparison(node)
        if not isinstance(node, Call):
            raise RelevanceError(reasons.UNREADABLE, part="…")
        if node.name == "not" and len(node.arguments) == 1:
            return self._denied(self._condition(_plain(node.arguments[0])))
        if node.name == "selected" and len(node.arguments) == 2:  # noqa: PLR2004 - the question and the choice
            return self._selected(*node.arguments)
        raise RelevanceError(reasons.FUNCTION, name=node.name)

    def _denied(self, condition: dict[str, Any]) -> dict[str, Any]:
        if condition["is"] == "answered":
            raise RelevanceError(reasons.UNANSWERED, name=condition["question"])
        if condition["is"] not in _DENIED:
            raise RelevanceError(reasons.NOT_MANY)
        self.is_narrower = True
        return {**condition, "is": _DENIED[condition["is"]]}

    def _selected(self, question: Any, choice: Any) -> dict[str, Any]:
        asked = self._asked(question)
        operator = "has" if asked.kind is Kind.CHOICE_MANY else "="
        return {"question": asked.code, "is": operator, "value": _value(asked, question.name, choice)}

    def _comparison(self, node: Compare) -> dict[str, Any]:
        left, operator, right = node.left, node.operator, node.right
        if isinstance(right, Ref) and not isinstance(left, Ref):
            left, operator, right = right, _TURNED[operator], left
        asked = self._asked(left)
        if right == Value(""):
            if operator != "!=":
                raise RelevanceError(reasons.UNANSWERED, name=left.name)
            return {"question": asked.code, "is": "answered"}
        if asked.kind is Kind.CHOICE_MANY:
            raise RelevanceError(reasons.MANY_CHOICES, name=left.name)
        if operator == "!=":
            self.is_narrower = True
        return {"question": asked.code, "is": operator, "value": _value(asked, left.name, right)}

    def _asked(self, node: Any) -> Asked:
        if isinstance(node, Call):
            raise RelevanceError(reasons.FUNCTION, name=node.name)
        if not isinstance(node, Ref):
            raise RelevanceError(reasons.UNREADABLE, part="…")
        if node.name not in self._known:
            raise RelevanceError(reasons.NO_QUESTION, name=node.name)
        return self._known[node.name]


def _plain(node: Any) -> Any:
    if isinstance(node, Logic):
        raise RelevanceError(reasons.MIXED_RULE)
    return node


def _value(asked: Asked, name: str, node: Any) -> Any:
    """The value to compare with, in the form in which we keep answers."""
    if isinstance(node, Call) and node.name == "date" and len(node.arguments) == 1:
        node = node.arguments[0]
    if not isinstance(node, Value):
        raise RelevanceError(reasons.VALUE_WANTED, name=name)
    value = node.value
    if asked.kind in _NUMBERS:
        return _number(name, value)
    if asked.kind in {Kind.YES_NO, Kind.CONSENT}:
        value = str(value).lower()
        if value not in {YES, NO}:
            raise RelevanceError(reasons.NO_CHOICE, value=value, name=name)
        return value
    if asked.choices:
        if str(value) not in asked.choices:
            raise RelevanceError(reasons.NO_CHOICE, value=value, name=name)
        return asked.choices[str(value)]
    return value if isinstance(value, str) else str(value)


def _number(name: str, value: Any) -> int | float:
    try:
        number = float(value)
    except ValueError:
        raise RelevanceError(reasons.NOT_A_NUMBER, name=name) from None
    # Also written in words, as `inf`, and as 1e999: JSON has no such numbers.
    if not isfinite(number):
        raise RelevanceError(reasons.NOT_A_NUMBER, name=name)
    return int(number) if number.is_integer() else number
