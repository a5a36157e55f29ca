"""The Net Promoter Score (Reichheld, 2003): promoters 9 and 10, passives 7 and 8, detractors 0 to 6. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from surveys.results.statistics import CONFIDENCE
from surveys.results.statistics import Comparison
from surveys.results.statistics import Interval
from surveys.results.statistics import normal_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping

PROMOTER_FROM = 9
DETRACTOR_TO = 6
LIMIT = 100.0


@dataclass(frozen=True)
class NetPromoter:
    """A score in points, -100 to 100, of `n` answers, with its standard error in points."""

    n: float
    score: float
    error: float


def net_promoter(promoters: int, passives: int, detractors: int) -> NetPromoter | None:
    """The score of those counts; None without answers.

    The variance is p + d - (p - d)^2, because promoters and detractors are shares of one multinomial.
    """
    return _net_promoter(promoters, passives, detractors) if promoters + passives + detractors else None


def _net_promoter(promoters: float, passives: float, detractors: float) -> NetPromoter:
    n = promoters + passives + detractors
    p, d = promoters / n, detractors / n
    return NetPromoter(n, LIMIT * (p - d), LIMIT * math.sqrt((p + d - (p - d) ** 2) / n))


def from_scores(counts: Mapping[int, int]) -> NetPromoter | None:
    """The score of answers from 0 to 10, given as counts."""
    return net_promoter(*split(counts))


def split(counts: Mapping[int, int]) -> tuple[int, int, int]:
    """Promoters, passives and detractors among answers from 0 to 10."""
    promoters = sum(count for score, count in counts.items() if score >= PROMOTER_FROM)
    detractors = sum(count for score, count in counts.items() if score <= DETRACTOR_TO)
    return promoters, sum(counts.values()) - promoters - detractors, detractors


def interval(of: NetPromoter, confidence: float = CONFIDENCE) -> Interval:
    """The plain normal interval of a score, clipped to -100 and 100."""
    half = normal_quantile(confidence) * of.error
    return Interval(max(-LIMIT, of.score - half), min(LIMIT, of.score + half))


def adjusted(promoters: int, passives: int, detractors: int) -> NetPromoter:
    """The score with three answers added, 3/4 to each end and 3/2 to the middle, for the adjusted-Wald interval.

    Rocks, B. (2016), The American Statistician 70, 365-372: the best coverage of those compared.
    """
    return _net_promoter(promoters + 0.75, passives + 1.5, detractors + 0.75)


def compare(first: NetPromoter, second: NetPromoter) -> Comparison | None:
    """The difference of two independent scores; None when neither has any spread."""
    error = math.hypot(first.error, second.error)
    if error == 0:
        return None
    z = (first.score - second.score) / error
    return Comparison(z, 2 * NormalDist().cdf(-abs(z)))
