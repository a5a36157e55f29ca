"""What a supervisor listens for in a trial interview, and when it is passed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from enum import StrEnum

PASS_PERCENT = 80


class Item(StrEnum):
    """What is listened for; the first four are never poor in an interview that counts."""

    INTRODUCTION = "introduction"
    CONSENT = "consent"
    VERBATIM = "verbatim"
    PROBING = "probing"
    RECORDING = "recording"
    COURTESY = "courtesy"
    CLOSING = "closing"


class Mark(IntEnum):
    """How it was done."""

    POOR = 0
    FAIR = 1
    GOOD = 2


CRITICAL = frozenset({Item.INTRODUCTION, Item.CONSENT, Item.VERBATIM, Item.PROBING})


def percent(marks: Mapping[Item, Mark]) -> int:
    """The share of what could be reached, in percent; `marks` has every item."""
    return round(100 * sum(marks.values()) / (Mark.GOOD * len(Item)))


def is_passed(marks: Mapping[Item, Mark]) -> bool:
    """Whether such an interview would count: good on the whole, and nothing critical poor."""
    return percent(marks) >= PASS_PERCENT and all(marks[item] > Mark.POOR for item in CRITICAL)
