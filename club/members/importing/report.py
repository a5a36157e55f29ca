"""What came of an import."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum


class Reason(StrEnum):
    """Why a line was not taken; the screens have a sentence for each."""

    MISSING = "missing"
    INVALID_PHONE = "invalid_phone"
    INVALID_DATE = "invalid_date"
    TOO_LONG = "too_long"
    TAKEN = "taken"
    LINE_TOO_LONG = "line_too_long"
    UNCLOSED_QUOTE = "unclosed_quote"
    TOO_MANY_CELLS = "too_many_cells"
    DAMAGED_TEXT = "damaged_text"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line not taken: its number in the file (the header is 1), the field at fault (`line`: all of it), and why."""

    line: int
    field: str
    reason: Reason


@dataclass(frozen=True)
class ImportReport:
    """`rows` were read: `created` new members, `updated` known ones, and the `rejected` in the order of the file."""

    rows: int
    created: int
    updated: int
    rejected: list[Rejected] = field(default_factory=list)
