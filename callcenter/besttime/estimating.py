"""How likely somebody answers, from few attempts: a share that leans on what is known of the whole club. Pure.

A Beta distribution stands for what is believed before a member was ever called, binomial attempts bend it.
"""

from __future__ import annotations

from dataclasses import dataclass

from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import LIKELY_PRIORITY

# One place forward for so much more than the club's own chance.
STEP = 0.02


@dataclass(frozen=True)
class Prior:
    """What is believed before any attempt: as if so many attempts had reached somebody, and so many nobody."""

    reached: float
    missed: float

    def chance(self, reached: int, attempts: int) -> float:
        """How likely the next attempt reaches somebody, after `attempts` of which so many did."""
        return (self.reached + reached) / (self.reached + self.missed + attempts)


# What is believed of a club that has made no call yet: one attempt in four reaches somebody.
FIRST = Prior(2, 6)


def prior_of(reached: int, attempts: int) -> Prior:
    """What is believed of a member, by all attempts of the club at that part of the day; it weighs as FIRST does."""
    chance, weight = FIRST.chance(reached, attempts), FIRST.reached + FIRST.missed
    return Prior(chance * weight, (1 - chance) * weight)


def priority(prior: Prior, reached: int, attempts: int) -> int:
    """The place in the queue: BASE_PRIORITY for who is as likely to answer as anybody or less, before it for others."""
    ahead = round((prior.chance(reached, attempts) - prior.chance(0, 0)) / STEP)
    return max(LIKELY_PRIORITY, BASE_PRIORITY - max(0, ahead))
