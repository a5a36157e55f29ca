"""Cells as conditions, crossed and kept apart. Pure.

A condition names what must hold (a facet of the member, a question of the survey): one of some values, or a range
{"from": …, "to": …} with None for no end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import combinations
from itertools import product
from typing import Any

from config.text import to_ascii_digits

Part = list[Any] | dict[str, int | None]
Conditions = Mapping[str, Part]

# "18-29", "18 تا 29", "60-", "60+", "60 به بالا" and "-17" are ranges; "40" is one number.
OPEN = frozenset({"+", "به بالا"})
_RANGE = re.compile(r"(?P<low>\d{1,4})?\s*(?P<dash>[-–—]|تا|to|\+|به بالا)?\s*(?P<high>\d{1,4})?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,،;؛\n]+")


def cross(axes: Mapping[str, Sequence[Part]]) -> list[dict[str, Part]]:
    """Every combination of one part of each axis; no axes make no cells."""
    used = {name: parts for name, parts in axes.items() if parts}
    if not used:
        return []
    return [dict(zip(used, chosen, strict=True)) for chosen in product(*used.values())]


def fulfils(values: Mapping[str, Any], conditions: Conditions) -> bool:
    """Whether the values are those of a cell; what has no value is in none."""
    return all(values.get(name) is not None and _is_in(values[name], part) for name, part in conditions.items())


def overlap(cells: Iterable[Conditions]) -> tuple[Conditions, Conditions] | None:
    """Two of the cells to which the same member could belong; None when all are apart."""
    return next(((one, other) for one, other in combinations(cells, 2) if not are_apart(one, other)), None)


def are_apart(one: Conditions, other: Conditions) -> bool:
    """Whether nothing can fulfil both: some condition of both excludes the other."""
    return any(name in other and not _meet(part, other[name]) for name, part in one.items())


def ranges(text: str) -> list[dict[str, int | None]]:
    """The ranges that somebody typed, "18-29, 30-44, 45+". Raises ValueError for anything else, or when empty."""
    # One blank where there are many: the pattern would try each division of them.
    pieces = [" ".join(piece.split()) for piece in _BETWEEN.split(to_ascii_digits(text))]
    found = [_range(piece) for piece in pieces if piece]
    if not found:
        raise ValueError(text)
    return found


def _range(piece: str) -> dict[str, int | None]:
    match = _RANGE.fullmatch(piece)
    if match is None or (match["low"] is None and match["high"] is None) or (match["dash"] in OPEN and match["high"]):
        raise ValueError(piece)
    low = None if match["low"] is None else int(match["low"])
    high = None if match["high"] is None else int(match["high"])
    if match["dash"] is None:
        if low is None or high is not None:
            raise ValueError(piece)
        high = low
    if low is not None and high is not None and low > high:
        raise ValueError(piece)
    return {"from": low, "to": high}


def _meet(one: Part, other: Part) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return _begins_by(one, other["to"]) and _begins_by(other, one["to"])
    # The same name always has the same form.
    return bool(set(one) & set(other))


def _is_in(value: Any, part: Part) -> bool:
    if isinstance(part, list):
        return value in part
    low, high = part["from"], part["to"]
    return (low is None or value >= low) and (high is None or value <= high)


def _begins_by(part: dict[str, int | None], end: int | None) -> bool:
    low = part["from"]
    return low is None or end is None or low <= end
