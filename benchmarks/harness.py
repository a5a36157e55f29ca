"""What every benchmark gives back."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence


@dataclass(frozen=True, kw_only=True)
class Result:
    """The figures of a benchmark beside its budgets; `ratio` is the one that compares with a bare limit."""

    name: str
    measured: Mapping[str, float]
    budget: Mapping[str, float]
    ratio: float
    ok: bool

    def as_json(self) -> str:
        """One line for machines."""
        return json.dumps(
            {
                "name": self.name,
                "measured": {key: round(value, 3) for key, value in self.measured.items()},
                "budget": dict(self.budget),
                "ratio": round(self.ratio, 3),
                "ok": self.ok,
            }
        )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
