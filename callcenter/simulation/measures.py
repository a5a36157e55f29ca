"""What the simulated operators' browsers saw: how long each kind of action took, and what was refused."""

from __future__ import annotations

import math
from collections import Counter
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field


@dataclass(frozen=True)
class Latency:
    """The milliseconds of one kind of action."""

    count: int
    p50: float
    p95: float
    p99: float


@dataclass
class Measures:
    """Grows while the shift lasts. `errors` are counted by action and what was said."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)

    def took(self, action: str, milliseconds: float) -> None:
        """Note an action that was answered."""
        self.milliseconds[action].append(milliseconds)

    def failed(self, action: str, why: str) -> None:
        """Note an action that was refused, or not answered."""
        self.errors[f"{action}: {why}"] += 1

    def latencies(self) -> dict[str, Latency]:
        """By action, in the order of their names."""
        return {name: latency(times) for name, times in sorted(self.milliseconds.items())}


def latency(times: Sequence[float]) -> Latency:
    """The count and the percentiles of some times (at least one)."""
    ordered = sorted(times)
    shares = (ordered[max(0, math.ceil(share * len(ordered)) - 1)] for share in (0.5, 0.95, 0.99))
    return Latency(len(ordered), *shares)
