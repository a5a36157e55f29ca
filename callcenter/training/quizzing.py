"""A short quiz: its questions in an order of their own for each try, and how it is scored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Asked:
    """A question with its choices, in each language; the first choice is right."""

    code: str
    text: Mapping[str, str]
    choices: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Shown:
    """A question as it is shown: the choices in another order, `right` is the place of the right one."""

    code: str
    text: Mapping[str, str]
    choices: tuple[Mapping[str, str], ...]
    right: int


@dataclass(frozen=True)
class Result:
    """How a try went: `wrong` are the codes of the questions that were not answered rightly."""

    percent: int
    wrong: tuple[str, ...]


def shown(questions: Sequence[Asked], *, seed: str) -> list[Shown]:
    """The questions with their choices in an order of this try's own; the same seed gives the same order."""
    found = []
    for question in questions:
        order = list(range(len(question.choices)))
        Random(f"{seed}:{question.code}").shuffle(order)
        choices = tuple(question.choices[place] for place in order)
        found.append(Shown(question.code, question.text, choices, order.index(0)))
    return found


def score(questions: Sequence[Shown], chosen: Mapping[str, int | None]) -> Result:
    """The share of right answers in percent, rounded down; no answer is a wrong one."""
    wrong = tuple(one.code for one in questions if chosen.get(one.code) != one.right)
    return Result(100 * (len(questions) - len(wrong)) // len(questions), wrong)
