"""Satisfaction measures in closed form, each with its source. Pure; shares are between 0 and 1.

Intervals are two-sided at the confidence asked for, 95 % unless told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIDENCE = 0.95
SCALE = (1.0, 5.0)
TOP_TWO = (4, 5)


class Interval(NamedTuple):
    """From `low` to `high`, both in the unit of the estimate."""

    low: float
    high: float


@dataclass(frozen=True)
class Mean:
    """A mean of `n` values with its sample standard deviation (n - 1) and standard error."""

    n: int
    mean: float
    deviation: float
    error: float


@dataclass(frozen=True)
class Comparison:
    """A difference in units of its standard error, and the two-sided chance of one as large if there were none."""

    z: float
    p: float


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """The z within plus or minus which the central `confidence` of a normal distribution lies: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """The same of Student's t distribution with that many degrees of freedom."""
    # SciPy takes seconds to import: only who asks for a small-sample interval pays for it.
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(freedom, (1 + confidence) / 2))


def top_two_share(counts: Mapping[int, int]) -> float | None:
    """CSAT: the share of 4s and 5s among all ratings of a five-point scale; None without ratings.

    `counts` are the numbers of each rating; "does not know" and refusals are not in it.
    """
    n = sum(counts.values())
    return sum(counts.get(rating, 0) for rating in TOP_TWO) / n if n else None


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """The score interval of a share. n is at least 1.

    Wilson, E. B. (1927), JASA 22, 209-212; recommended by Newcombe, R. G. (1998), Statistics in Medicine 17, 857-872.
    """
    z = normal_quantile(confidence)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends the closed form is exact 0 or 1; floating point is not.
    return Interval(0.0 if successes == 0 else centre - half, 1.0 if successes == n else centre + half)


def mean_of(counts: Mapping[int, int]) -> Mean | None:
    """Mean, standard deviation and standard error of values given as counts; None without values.

    With one value the deviation and the error are not defined and given as 0.
    """
    n = sum(counts.values())
    if n == 0:
        return None
    mean = sum(value * count for value, count in counts.items()) / n
    squares = sum(count * (value - mean) ** 2 for value, count in counts.items())
    deviation = math.sqrt(squares / (n - 1)) if n > 1 else 0.0
    return Mean(n, mean, deviation, deviation / math.sqrt(n))


def t_interval(of: Mean, confidence: float = CONFIDENCE, scale: tuple[float, float] = SCALE) -> Interval | None:
    """Student's interval of a mean, clipped to the ends of the scale; None for fewer than two values.

    Student (1908), Biometrika 6, 1-25.
    """
    if of.n < 2:  # noqa: PLR2004 - one value has no spread
        return None
    half = t_quantile(of.n - 1, confidence) * of.error
    return Interval(max(scale[0], of.mean - half), min(scale[1], of.mean + half))


def quartiles(counts: Mapping[Any, int]) -> tuple[Any, Any, Any]:
    """The values at a quarter, half and three quarters of all, given as counts: each is one that was given.

    Nearest rank (Hyndman and Fan (1996), The American Statistician 50, 361-365, definition 1). Not without values.
    """
    n, seen, found = sum(counts.values()), 0, []
    ranks = [math.ceil(n * quarter / 4) for quarter in (1, 2, 3)]
    for value in sorted(counts):
        seen += counts[value]
        while ranks and seen >= ranks[0]:
            found.append(value)
            ranks.pop(0)
    low, middle, high = found
    return low, middle, high


def score_0_100(mean: float, scale: tuple[float, float] = SCALE) -> float:
    """A mean of the scale as a score from 0 (all lowest) to 100 (all highest)."""
    return (mean - scale[0]) / (scale[1] - scale[0]) * 100


def ease(counts: Mapping[int, int]) -> float | None:
    """CES 2.0: the share of 5 to 7 on the seven-point agreement with "made it easy"; None without answers.

    Dixon, Freeman and Toman (2010), Harvard Business Review 88; the seven-point form of CEB (2013).
    """
    n = sum(counts.values())
    return sum(counts.get(rating, 0) for rating in (5, 6, 7)) / n if n else None


def compare_shares(successes: tuple[int, int], n: tuple[int, int]) -> Comparison | None:
    """Two shares with the pooled z test; None when nobody or everybody succeeded, where there is nothing to test.

    Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, chapter 3.
    """
    pooled = sum(successes) / sum(n)
    error = math.sqrt(pooled * (1 - pooled) * (1 / n[0] + 1 / n[1]))
    if error == 0:
        return None
    z = (successes[0] / n[0] - successes[1] / n[1]) / error
    return Comparison(z, 2 * NormalDist().cdf(-abs(z)))


def finite_population_factor(population: int, n: int) -> float:
    """What a standard error is multiplied by when `n` of a population of that size answered.

    Cochran, W. G. (1977), Sampling Techniques, 3rd ed., section 2.6.
    """
    return math.sqrt((population - n) / (population - 1)) if population > 1 else 0.0


def relative_error(share: float, n: int) -> float | None:
    """The standard error of a share relative to its logarithm: (SE/p) / (-ln p) for p up to a half, mirrored above.

    SAMHSA suppresses an estimate above 0.175 (NSDUH statistical inference reports). None for a share of 0 or 1.
    """
    if share in (0, 1):
        return None
    smaller = min(share, 1 - share)
    return math.sqrt(share * (1 - share) / n) / smaller / -math.log(smaller)
