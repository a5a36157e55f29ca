"""What each part of the desk shows, and a key by which a page says that it has a part as it is. Pure.

A template is given the fields that stand here and no others, so the key is made of all that a part is made of.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callcenter.desk.parts import Desk

# In which a page says what it has: `bar=1f… script=9a…`.
HAS_HEADER = "X-Desk-Has"
FIELDS: Mapping[str, tuple[str, ...]] = {
    "bar": (
        "operator_id", "state", "state_since", "step", "can_leave", "figures", "waiting", "callbacks", "reminder",
        "campaign", "call",
    ),
    "member": ("entry", "person", "screen", "replies", "own_hours"),
    "script": (
        "state_since", "state_reason", "step", "owes_outcome", "figures", "emptiness", "other_line_count", "closed_to",
        "entry", "campaign", "person", "call", "screen", "full_cell", "credit", "opening", "pause", "last_note",
        "order", "closed", "handover", "coming", "asks_to_record", "wrap_up_until", "calls_at_once",
    ),
    "call": (
        "step", "owes_outcome", "entry", "campaign", "person", "call", "credit", "menu", "order", "order_reason",
        "closed", "going", "supervisors", "recording", "decide_until",
    ),
    "pauses": ("pauses",),
}  # fmt: skip


class Slice:
    """The fields of a desk that one part shows, for its template."""

    def __init__(self, desk: Desk, part: str) -> None:
        self._part = part
        self._fields = {name: getattr(desk, name) for name in FIELDS[part]}

    def __getattr__(self, name: str) -> Any:
        # Not an AttributeError, for which a template would show nothing.
        if name not in self._fields:
            raise RuntimeError(f"The part {self._part} of the desk shows {name!r}, which is not in its fields.")
        return self._fields[name]

    def key(self, *around: object) -> str:
        """Changes with the fields, and with what else the part depends on."""
        return hashlib.blake2b(repr((self._fields, around)).encode(), digest_size=6).hexdigest()


def known_keys(header: str) -> dict[str, str]:
    """The keys of the parts that a page has, from its header."""
    pairs = (one.partition("=") for one in header.split())
    return {part: key for part, _, key in pairs if part in FIELDS}
