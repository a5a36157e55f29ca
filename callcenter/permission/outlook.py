"""What a drawn campaign will do: how many of the club's members are called, and why the rest are not."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from callcenter.permission.census import WAITING
from callcenter.permission.census import Group
from callcenter.permission.reasons import Why

# Members that an earlier draw had put into the queue are in the queue.
ALREADY_QUEUED = "already_queued"
BARRED_SINCE = "barred_since"


@dataclass(frozen=True)
class Outlook:
    """`callable_count` of `total` members will be called; `left_out` counts the others by reason, those of a build and
    BARRED_SINCE.
    """

    total: int
    callable_count: int
    left_out: Mapping[str, int]


def outlook(report: Mapping[str, Any], groups: Sequence[Group]) -> Outlook:
    """The outlook by the report of the last draw and the queue as it is by now."""
    left_out = {name: count for name, count in report["left_out"].items() if count and name != ALREADY_QUEUED}
    barred = sum(group.count for group in groups if group.kind == Why.BARRED_CLUB)
    if barred:
        left_out[BARRED_SINCE] = barred
    callable_count = sum(group.count for group in groups if group.kind in WAITING)
    return Outlook(callable_count + sum(left_out.values()), callable_count, left_out)
