"""The part of XPath in which XLSForms write their rules, read into small values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 4_000
DEEPEST = 30
# Longer ones are no answers, and past some hundred digits no numbers.
LONGEST_NUMBER = 15
_TOKEN = re.compile(
    r"""\s*(?:
        \$\{\s*(?P<ref>[^{}\s]+)\s*\}
      | (?P<number>\d+(?:\.\d+)?|\.\d+)
      | '(?P<single>[^']*)' | "(?P<double>[^"]*)" | \u2018(?P<curly>[^\u2018\u2019]*)\u2019
      | (?P<operator><=|>=|!=|=|<|>)
      | (?P<mark>[(),])
      | (?P<name>[A-Za-z_][\w-]*)
      | (?P<this>\.)
      | (?P<minus>-)
    )""",
    re.VERBOSE,
)


class ExpressionError(ValueError):
    """What cannot be read, as the part of the expression where it begins."""


@dataclass(frozen=True)
class Ref:
    """`${name}`: the answer to a question."""

    name: str


@dataclass(frozen=True)
class This:
    """`.`: the answer that is being given."""


@dataclass(frozen=True)
class Value:
    """A text or a number."""

    value: Any


@dataclass(frozen=True)
class Call:
    """A function: `selected(${a}, 'x')`."""

    name: str
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Compare:
    """A comparison of two of the above."""

    operator: str
    left: Any
    right: Any


@dataclass(frozen=True)
class Logic:
    """`and` or `or` between parts; `is_grouped` when it stood in brackets."""

    word: str
    parts: tuple[Any, ...]
    is_grouped: bool = False


def parse(text: str) -> Any:
    """The expression in `text`. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(text[:40])
    parser = _Parser(_tokens(text))
    found = parser.either(0)
    if parser.left:
        raise ExpressionError(parser.left[0][1])
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(text[at : at + 40].strip())
        kind = str(match.lastgroup)
        tokens.append(("text" if kind in {"single", "double", "curly"} else kind, match.group(kind)))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens

    def either(self, depth: int) -> Any:
        return self._joined("or", depth, lambda: self._joined("and", depth, lambda: self._comparison(depth)))

    def _joined(self, word: str, depth: int, part: Any) -> Any:
        if depth > DEEPEST:
            raise ExpressionError("((…")
        parts = [part()]
        while self._take("name", word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Logic(word, tuple(parts))

    def _comparison(self, depth: int) -> Any:
        left = self._operand(depth)
        if self.left and self.left[0][0] == "operator":
            operator = self.left.pop(0)[1]
            return Compare(operator, left, self._operand(depth))
        return left

    def _operand(self, depth: int) -> Any:
        if not self.left:
            raise ExpressionError("…")
        kind, text = self.left.pop(0)
        if kind == "mark" and text == "(":
            inner = self.either(depth + 1)
            self._expect(")")
            return Logic(inner.word, inner.parts, is_grouped=True) if isinstance(inner, Logic) else inner
        if kind == "name" and self._take("mark", "("):
            return Call(text, self._arguments(depth))
        if kind == "minus" and self.left and self.left[0][0] == "number":
            return Value(-_number(self.left.pop(0)[1]))
        if kind not in _PLAIN:
            raise ExpressionError(text)
        return _PLAIN[kind](text)

    def _arguments(self, depth: int) -> tuple[Any, ...]:
        arguments: list[Any] = []
        while not self._take("mark", ")"):
            if arguments:
                self._expect(",")
            arguments.append(self.either(depth + 1))
        return tuple(arguments)

    def _take(self, kind: str, text: str) -> bool:
        if self.left and self.left[0] == (kind, text):
            self.left.pop(0)
            return True
        return False

    def _expect(self, mark: str) -> None:
        if not self._take("mark", mark):
            raise ExpressionError(self.left[0][1] if self.left else "…")


def _number(text: str) -> int | float:
    if len(text) > LONGEST_NUMBER:
        raise ExpressionError(text[:40])
    return float(text) if "." in text else int(text)


_PLAIN: dict[str, Callable[[str], Any]] = {
    "ref": Ref,
    "text": Value,
    "number": lambda text: Value(_number(text)),
    "this": lambda _text: This(),
}
