"""Whether a share changed: a test for two shares, and Holm's adjustment when many are asked at once. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import erfc
from math import exp
from math import lgamma
from math import sqrt
from typing import TYPE_CHECKING

from surveys.results.statistics import compare_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

ALPHA = 0.05
# Below this many answers on either side a comparison is not drawn.
LEAST_COMPARABLE = 30
# The normal approximation wants this many expected in every cell; below, the exact test is used.
LEAST_EXPECTED = 5
LEAST_WEEKS = 3


class Direction(StrEnum):
    """What can be said of a change."""

    ROSE = "rose"
    FELL = "fell"
    UNCLEAR = "unclear"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Share:
    """How many of how many were satisfied; `count` is the valid answers."""

    satisfied: int
    count: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 when nobody answered."""
        return self.satisfied / self.count if self.count else 0.0


@dataclass(frozen=True)
class Compared:
    """Two shares of one thing and what the difference allows to say."""

    now: Share
    before: Share
    direction: Direction

    @property
    def points(self) -> int:
        """The change in percentage points as readers see it: between the two rounded per cents."""
        return round(self.now.value * 100) - round(self.before.value * 100)


def compare_all(pairs: Sequence[tuple[Share, Share]], alpha: float = ALPHA) -> list[Compared]:
    """Compare each (now, before); the chance of any false alarm among all of them is held at `alpha` (Holm)."""
    testable = [place for place, pair in enumerate(pairs) if min(pair[0].count, pair[1].count) >= LEAST_COMPARABLE]
    adjusted = dict(zip(testable, holm([p_value(*pairs[place]) for place in testable]), strict=True))
    return [
        Compared(now, before, _direction(now, before, adjusted.get(place), alpha))
        for place, (now, before) in enumerate(pairs)
    ]


def trends(series: Sequence[Sequence[Share]], alpha: float = ALPHA) -> list[Direction]:
    """What each series of weeks (in order) did as a whole, by the test for a trend in shares, Holm-adjusted."""
    p_values = [trend_p_value(weeks) for weeks in series]
    testable = [place for place, (p, _) in enumerate(p_values) if p is not None]
    adjusted = dict(zip(testable, holm([p_values[place][0] or 0.0 for place in testable]), strict=True))
    return [_trend_direction(adjusted.get(place), slope, alpha) for place, (_, slope) in enumerate(p_values)]


def _trend_direction(adjusted: float | None, slope: float, alpha: float) -> Direction:
    if adjusted is None:
        return Direction.TOO_FEW
    if adjusted >= alpha:
        return Direction.UNCLEAR
    return Direction.ROSE if slope > 0 else Direction.FELL


def trend_p_value(weeks: Sequence[Share]) -> tuple[float | None, float]:
    """The two-sided p of no linear trend (Cochran-Armitage, weeks numbered evenly), and the sign-giving statistic.

    The p is None with fewer than three weeks that have answers or fewer than 30 answers; 1 when all answers agree.
    """
    count, satisfied = sum(week.count for week in weeks), sum(week.satisfied for week in weeks)
    if count < LEAST_COMPARABLE or sum(week.count > 0 for week in weeks) < LEAST_WEEKS:
        return None, 0.0
    share = satisfied / count
    middle = sum(place * week.count for place, week in enumerate(weeks)) / count
    slope = sum((place - middle) * (week.satisfied - week.count * share) for place, week in enumerate(weeks))
    variance = share * (1 - share) * sum(week.count * (place - middle) ** 2 for place, week in enumerate(weeks))
    return (erfc(abs(slope) / sqrt(variance) / sqrt(2)) if variance else 1.0), slope


def _direction(now: Share, before: Share, adjusted: float | None, alpha: float) -> Direction:
    if adjusted is None:
        return Direction.TOO_FEW
    if adjusted >= alpha:
        return Direction.UNCLEAR
    return Direction.ROSE if now.value > before.value else Direction.FELL


def p_value(one: Share, other: Share) -> float:
    """The two-sided p of equal shares: the pooled z test, or Fisher's exact test where few are expected."""
    pooled = (one.satisfied + other.satisfied) / (one.count + other.count)
    if min(one.count, other.count) * min(pooled, 1 - pooled) < LEAST_EXPECTED:
        return _fisher(one, other)
    test = compare_shares((one.satisfied, other.satisfied), (one.count, other.count))
    return test.p if test else 1.0


def _fisher(one: Share, other: Share) -> float:
    """The sum of the chances of all tables, margins fixed, that are no likelier than the one seen."""
    total, satisfied = one.count + other.count, one.satisfied + other.satisfied
    lowest, highest = max(0, satisfied - other.count), min(one.count, satisfied)
    logs = [
        _log_choose(one.count, k) + _log_choose(other.count, satisfied - k) - _log_choose(total, satisfied)
        for k in range(lowest, highest + 1)
    ]
    # Tables as likely as the seen one differ from it by rounding only.
    limit = logs[one.satisfied - lowest] + 1e-7
    return min(1.0, sum(exp(log) for log in logs if log <= limit))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down adjusted p-values, in the order given (Holm 1979)."""
    adjusted = [0.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, p_values[place] * (len(p_values) - rank)))
        adjusted[place] = largest
    return adjusted
