"""Which versions of a survey a certificate learnt in an older one still counts for. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A version's number and the share (0 to 1) of its words that the one before did not have; the first has none."""

    number: int
    share: float


def asks_for_refresher(change: Change, percent: int) -> bool:
    """Whether so much is new that operators learn it anew."""
    return change.share * 100 > percent


def counts_from(changes: Sequence[Change], number: int, percent: int) -> int:
    """The oldest version whose certificates count for version `number`; `changes` in the order of the versions."""
    oldest = number
    for change in reversed([one for one in changes if one.number <= number]):
        oldest = change.number
        if asks_for_refresher(change, percent):
            break
    return oldest
