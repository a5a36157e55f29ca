"""How far two reviewers of the same interviews agree. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass

from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark

# Of fewer interviews no figure is shown; of fewer than FEW one is, with the word that it is rough.
LEAST = 5
FEW = 30

Pair = tuple[Mark, Mark]


@dataclass(frozen=True)
class Agreement:
    """`interviews` that two listened to, `marks` that both gave, the share of equal ones, and kappa.

    `share` and `kappa` are None while there are too few interviews; kappa also where chance alone explains all.
    """

    interviews: int
    marks: int
    share: float | None
    kappa: float | None

    @property
    def is_rough(self) -> bool:
        """Whether the figure may still move a lot."""
        return self.interviews < FEW


def compared(first: Mapping[Item, Mark], second: Mapping[Item, Mark]) -> list[Pair]:
    """The marks of one interview side by side, without what one of the two could not judge."""
    pairs = [(first[item], second[item]) for item in Item if item in first and item in second]
    return [pair for pair in pairs if Mark.NOT_HEARD not in pair]


def observed(pairs: Sequence[Pair]) -> float:
    """The share of pairs with the same mark; `pairs` is not empty."""
    return sum(one == other for one, other in pairs) / len(pairs)


def by_chance(pairs: Sequence[Pair]) -> float:
    """The share of same marks that the two would have if each only kept to their own habits; `pairs` is not empty."""
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    return sum(first[mark] * second[mark] for mark in first) / len(pairs) ** 2


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Cohen's kappa, (p_o - p_e) / (1 - p_e); None without pairs, or when both gave one and the same mark throughout.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
    """
    return pooled([pairs])


def pooled(groups: Iterable[Sequence[Pair]]) -> float | None:
    """One kappa over several pairs of reviewers: p_o and p_e are averaged first, each group by its size.

    H. De Vries and others, "Using pooled kappa to summarize interrater agreement across many items", Field Methods 20
    (2008). Who of two is called the first differs from group to group, so their marks cannot be put into one table.
    """
    whole = [pairs for pairs in groups if pairs]
    gained = sum(len(pairs) * (observed(pairs) - by_chance(pairs)) for pairs in whole)
    possible = sum(len(pairs) * (1 - by_chance(pairs)) for pairs in whole)
    return gained / possible if possible > 0 else None


def agreement(groups: Sequence[Sequence[Sequence[Pair]]]) -> Agreement:
    """The figure over groups (one for two reviewers) of interviews (each the marks that both gave)."""
    flat = [[pair for interview in group for pair in interview] for group in groups]
    interviews, marks = sum(map(len, groups)), sum(map(len, flat))
    if interviews < LEAST or not marks:
        return Agreement(interviews, marks, None, None)
    return Agreement(
        interviews, marks, sum(observed(pairs) * len(pairs) for pairs in flat if pairs) / marks, pooled(flat)
    )
