"""Members' ratings of a dimension, counted, and when a group is large enough to be shown. Pure.

A member's rating of a dimension is the mean of their answers to its questions, rounded to the nearest step, a half
down: with one question it is the answer itself, and with several the members stay independent of each other, as the
interval supposes. A member is satisfied with a rating of 4 or 5 (top-2-box).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from surveys.results.statistics import Interval
from surveys.results.statistics import Mean
from surveys.results.statistics import mean_of
from surveys.results.statistics import t_interval
from surveys.results.statistics import wilson

STEPS = (1, 2, 3, 4, 5)
SATISFIED_FROM = 4
# Below this a number would tell of single persons; below the other it is shown, and said to be a small base.
HIDDEN_BELOW = 5
SMALL_BELOW = 30


class Showing(StrEnum):
    """How a group's numbers may be shown: not at all, with a warning, or freely."""

    HIDDEN = "hidden"
    SMALL = "small"
    FULL = "full"


def showing_of(n: int) -> Showing:
    """How the numbers of a group of `n` members may be shown."""
    if n < HIDDEN_BELOW:
        return Showing.HIDDEN
    return Showing.SMALL if n < SMALL_BELOW else Showing.FULL


@dataclass(frozen=True)
class RatingCounts:
    """How many members gave each rating, 1 to 5; how many were asked and gave none, not knowing or refusing."""

    counts: tuple[int, ...] = (0,) * len(STEPS)
    dont_know: int = 0
    refused: int = 0

    @property
    def n(self) -> int:
        """The members with a rating: the base of every share."""
        return sum(self.counts)

    @property
    def satisfied(self) -> int:
        """The members with a rating of 4 or 5."""
        return sum(self.counts[SATISFIED_FROM - 1 :])

    @property
    def showing(self) -> Showing:
        """How these numbers may be shown."""
        return showing_of(self.n)

    @property
    def share(self) -> float | None:
        """The share of the satisfied (0 to 1); None for a group that must not be shown."""
        return None if self.showing is Showing.HIDDEN else self.satisfied / self.n

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share (Wilson); None for a group that must not be shown."""
        return None if self.showing is Showing.HIDDEN else wilson(self.satisfied, self.n)

    @property
    def mean(self) -> Mean | None:
        """The mean rating; None for a group that must not be shown."""
        return None if self.showing is Showing.HIDDEN else mean_of(dict(zip(STEPS, self.counts, strict=True)))

    @property
    def mean_interval(self) -> Interval | None:
        """The 95 % interval of the mean (Student's t), within the scale; None for a group that must not be shown."""
        return None if self.mean is None else t_interval(self.mean)

    def __add__(self, other: RatingCounts) -> RatingCounts:
        return RatingCounts(
            tuple(own + its for own, its in zip(self.counts, other.counts, strict=True)),
            self.dont_know + other.dont_know,
            self.refused + other.refused,
        )
