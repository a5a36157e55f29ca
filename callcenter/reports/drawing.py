"""Where the pieces of the drawn bars lie, in per cent of the drawing's width. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = 5
MIDDLE = 2
# A narrower piece has no room for its number; the table has it.
LEAST_LABELLED = 5.0


@dataclass(frozen=True)
class Piece:
    """One step's piece of a bar: `x` and `width` in per cent of the drawing, `share` of the answers, 1 to 5."""

    step: int
    x: float
    width: float
    share: float

    @property
    def middle(self) -> float:
        """Where the piece's number stands."""
        return self.x + self.width / 2

    @property
    def is_labelled(self) -> bool:
        """Whether the number fits in."""
        return self.width >= LEAST_LABELLED


def diverging(bars: Sequence[Sequence[int]], *, mirrored: bool) -> list[list[Piece]]:
    """Lay out bars of five counts (1 to 5) on one scale, each bar's middle step centred on a common line.

    The scale is as wide as the longest halves need. `mirrored` puts the low end on the right, where a right-to-left
    reader begins. An empty bar has no pieces.
    """
    shares = [[count / sum(bar) if sum(bar) else 0.0 for count in bar] for bar in bars]
    below = max((sum(bar[:MIDDLE]) + bar[MIDDLE] / 2 for bar in shares), default=0.0)
    above = max((sum(bar[MIDDLE + 1 :]) + bar[MIDDLE] / 2 for bar in shares), default=0.0)
    scale = 100 / (below + above) if below + above else 0.0
    return [_pieces(bar, below, scale, mirrored=mirrored) for bar in shares]


def centre(bars: Sequence[Sequence[Piece]]) -> float | None:
    """Where the common line of laid-out bars stands; None when all are empty."""
    for bar in bars:
        for piece in bar:
            if piece.step == MIDDLE + 1:
                return piece.middle
    return None


def _pieces(shares: Sequence[float], below: float, scale: float, *, mirrored: bool) -> list[Piece]:
    if not any(shares):
        return []
    place = (below - sum(shares[:MIDDLE]) - shares[MIDDLE] / 2) * scale
    pieces = []
    for step, share in enumerate(shares, start=1):
        width = share * scale
        pieces.append(Piece(step, 100 - place - width if mirrored else place, width, share))
        place += width
    return pieces
