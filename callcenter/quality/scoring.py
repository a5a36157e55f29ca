"""The scorecard of a review: what is listened for, the points of what went wrong, and the verdict. Pure.

Severity points instead of passed or not passed, and the bounds of the verdicts, are those of the monitoring checklist
of telephone surveys (up to 7: pass; 8 to 19: a warning and coaching; from 20 on, or with an answer that was made up:
fail). The weights are ours: what bends the answers, or the member's right to say no, weighs more than manners do.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Item(StrEnum):
    """What is listened for, in the order in which it comes."""

    INTRODUCTION = "introduction"
    CONSENT = "consent"
    VERBATIM = "verbatim"
    PROBING = "probing"
    CODING = "coding"
    CLOSING = "closing"
    COURTESY = "courtesy"


class Mark(StrEnum):
    """How it was done; `NOT_HEARD` is what did not come up, or cannot be judged."""

    FINE = "fine"
    SLIGHT = "slight"
    CLEAR = "clear"
    GRAVE = "grave"
    NOT_HEARD = "not_heard"


class Verdict(StrEnum):
    """What follows from a review."""

    PASS = "pass"  # noqa: S105 -- a verdict, no password
    WARNING = "warning"
    FAIL = "fail"


WEIGHTS = {
    Item.INTRODUCTION: 1,
    Item.CONSENT: 3,
    Item.VERBATIM: 2,
    Item.PROBING: 2,
    Item.CODING: 2,
    Item.CLOSING: 1,
    Item.COURTESY: 2,
}
SEVERITY = {Mark.FINE: 0, Mark.SLIGHT: 1, Mark.CLEAR: 3, Mark.GRAVE: 7, Mark.NOT_HEARD: 0}
WARNING_FROM = 8
FAIL_FROM = 20


def points(marks: Mapping[Item, Mark]) -> int:
    """The severity points of a review: each mark's severity times the weight of its item; 0 is faultless."""
    return sum(WEIGHTS[item] * SEVERITY[mark] for item, mark in marks.items())


def verdict(total: int, *, is_fabricated: bool) -> Verdict:
    """What so many points mean. An answer that nobody gave fails the interview, whatever else was well done."""
    if is_fabricated or total >= FAIL_FROM:
        return Verdict.FAIL
    return Verdict.WARNING if total >= WARNING_FROM else Verdict.PASS


def is_judged(marks: Mapping[Item, Mark]) -> bool:
    """Whether every item has its mark and at least one was heard."""
    return set(marks) == set(Item) and any(mark is not Mark.NOT_HEARD for mark in marks.values())
