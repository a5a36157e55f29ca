"""What every benchmark gives back."""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

STAT = Path("/proc/stat")


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


@contextmanager
def stolen() -> Iterator[list[float]]:
    """Puts into the list, at the end, the share of the processor time wanted meanwhile that the machine was not given.

    Only Linux says it, as "steal" in /proc/stat: on a virtual machine with busy neighbours times say little, and the
    ratios alone can be compared.
    """
    share: list[float] = []
    before = _processor_times()
    yield share
    busy, taken = (after - since for after, since in zip(_processor_times(), before, strict=True))
    if busy + taken:
        share.append(taken / (busy + taken))


def _processor_times() -> tuple[int, int]:
    """What the processors worked, and what they would have but were not given."""
    if not STAT.exists():
        return 0, 0
    user, nice, system, _idle, _waiting, irq, softirq, taken = map(int, STAT.read_text().split()[1:9])
    return user + nice + system + irq + softirq, taken


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
