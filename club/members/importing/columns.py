"""What the header line of a member file says: which column is what. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from club.members.errors import MissingColumnsError
from club.members.errors import RepeatedColumnsError
from config.text import clean_text
from config.text import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

# The names of each field as clubs write them, the first in the language of our own exports.
NAMES: dict[str, tuple[str, ...]] = {
    "external_id": ("external_id", "شناسه", "شناسه عضو", "کد عضویت", "شماره عضویت"),
    "first_name": ("first_name", "نام"),
    "last_name": ("last_name", "نام خانوادگی", "فامیلی"),
    "phone": ("phone", "موبایل", "تلفن همراه", "شماره موبایل", "mobile"),
    "city": ("city", "شهر"),
    "branch": ("branch", "شعبه"),
    "tier": ("tier", "سطح"),
    "birth_date": ("birth_date", "تاریخ تولد"),
    "joined_at": ("joined_at", "تاریخ عضویت"),
    "gender": ("gender", "جنسیت"),
    "language": ("language", "زبان"),
    "consent_calls": ("consent_calls", "رضایت تماس"),
}
# The columns that our own file of rejected lines adds: a mended one can be imported as it is.
REJECT_NAMES = ("rejected_line", "rejected_field", "rejected_reason")
LONGEST_CUSTOM_NAME = 100


def _key(name: str) -> str:
    return "".join(char for char in search_key(name) if char not in " _-")


_FIELD_OF = {_key(name): field for field, names in NAMES.items() for name in names}
_IGNORED = {_key(name) for name in REJECT_NAMES}


@dataclass(frozen=True)
class Columns:
    """The columns in the order of the file: `fields` by position, `custom` names by position, and the header itself."""

    header: tuple[str, ...]
    fields: dict[int, str]
    custom: dict[int, str]

    def has(self, field: str) -> bool:
        """Whether the file tells this field."""
        return field in self.fields.values()


def read_header(cells: Sequence[str]) -> Columns:
    """What each column of a header line is.

    Raises MissingColumnsError without a phone or any name, RepeatedColumnsError when two columns mean one field.
    """
    fields = {place: _FIELD_OF[_key(cell)] for place, cell in enumerate(cells) if _key(cell) in _FIELD_OF}
    columns = Columns(
        header=tuple(clean_text(cell) for cell in cells),
        fields=fields,
        custom={
            place: _custom_name(place, cell) for place, cell in enumerate(cells) if _is_custom(place, cell, fields)
        },
    )
    _ensure_complete(columns)
    _ensure_single(columns)
    return columns


def known_count(cells: Sequence[str]) -> int:
    """How many of these header cells name a field: the measure by which the delimiter is found."""
    return sum(_key(cell) in _FIELD_OF for cell in cells)


def _is_custom(place: int, cell: str, fields: dict[int, str]) -> bool:
    return place not in fields and _key(cell) not in _IGNORED


def _custom_name(place: int, cell: str) -> str:
    return clean_text(cell)[:LONGEST_CUSTOM_NAME] or f"column_{place + 1}"


def _ensure_complete(columns: Columns) -> None:
    missing = [field for field in ("phone",) if not columns.has(field)]
    if not columns.has("first_name") and not columns.has("last_name"):
        missing.append("first_name")
    if missing:
        raise MissingColumnsError(tuple(missing))


def _ensure_single(columns: Columns) -> None:
    repeated = [field for field, count in Counter(columns.fields.values()).items() if count > 1]
    if repeated:
        raise RepeatedColumnsError(tuple(repeated))
