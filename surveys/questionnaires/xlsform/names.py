"""Codes for the names in a workbook: ours are short and in small letters, other people's are anything."""

from __future__ import annotations

import re

LONGEST = 40


def code_of(name: str, otherwise: str) -> str:
    """`name` as a code, itself when it is one; `otherwise` begins a code that has no Latin letter in front."""
    code = re.sub(r"[^a-z0-9_]+", "_", name.strip().lower())[:LONGEST]
    if not code or not code[0].isalpha():
        code = f"{otherwise}_{code.strip('_')}".rstrip("_")[:LONGEST]
    return code


class Codes:
    """Gives each name a code of its own."""

    def __init__(self, otherwise: str) -> None:
        self._otherwise = otherwise
        self._taken: set[str] = set()

    def give(self, name: str) -> str:
        """A code that was not given before, as near to the name as it can be."""
        first = code = code_of(name, self._otherwise)
        number = 2
        while code in self._taken:
            ending = f"_{number}"
            code, number = first[: LONGEST - len(ending)] + ending, number + 1
        self._taken.add(code)
        return code
