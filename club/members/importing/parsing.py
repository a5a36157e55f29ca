"""One row of a member file, checked and normalised. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from club.members.importing.report import Reason
from club.members.importing.report import Rejected
from club.members.models import Gender
from config.calendar import parse_date
from config.errors import InvalidInputError
from config.phones import parse_phone
from config.text import clean_text
from config.text import search_key
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from club.members.importing.columns import Columns

LONGEST = {"first_name": 200, "last_name": 200, "external_id": 64, "city": 200, "branch": 200, "tier": 200}
DATES = ("birth_date", "joined_at")
YES = frozenset({"بله", "1", "yes"})
GENDERS = {
    "زن": Gender.FEMALE,
    "خانم": Gender.FEMALE,
    "female": Gender.FEMALE,
    "f": Gender.FEMALE,
    "مرد": Gender.MALE,
    "آقا": Gender.MALE,
    "male": Gender.MALE,
    "m": Gender.MALE,
}
LANGUAGES = {
    "فارسی": "fa",
    "persian": "fa",
    "farsi": "fa",
    "fa": "fa",
    "انگلیسی": "en",
    "english": "en",
    "en": "en",
}
_LANGUAGES = {search_key(word): code for word, code in LANGUAGES.items()}
_GENDERS = {search_key(word): gender for word, gender in GENDERS.items()}


@dataclass(frozen=True, slots=True)
class Draft:
    """A good row: `facts` holds what the row tells (dates as ISO text), `branch` and `tier` still as names."""

    line: int
    phone: str
    external_id: str
    facts: dict[str, str | bool] = field(default_factory=dict)
    custom: dict[str, str] = field(default_factory=dict)


class _FaultError(Exception):
    def __init__(self, field_name: str, reason: Reason) -> None:
        super().__init__(field_name, reason)
        self.field, self.reason = field_name, reason


def parse_row(line: int, cells: Sequence[str], columns: Columns) -> Draft | Rejected:
    """The draft of a member from the cells of line `line`, or the first fault found.

    The order is phone, birth_date, joined_at, name, external_id, then the lengths of the rest. An empty cell tells
    nothing, except for consent: only a plain yes is one.
    """
    try:
        return _draft(line, cells, columns)
    except _FaultError as fault:
        return Rejected(line, fault.field, fault.reason)


def _draft(line: int, cells: Sequence[str], columns: Columns) -> Draft:
    _ensure_no_extra_cells(cells, columns)
    texts = {name: cells[place] for place, name in columns.fields.items() if place < len(cells)}
    phone = _phone(texts.get("phone", ""))
    facts: dict[str, str | bool] = {name: day for name in DATES if (day := _date(texts.get(name, ""), name))}
    facts |= _names(texts)
    external_id = to_ascii_digits(_short(texts, "external_id"))
    facts |= {name: text for name in ("city", "branch", "tier") if (text := _short(texts, name))}
    if gender := _GENDERS.get(search_key(texts.get("gender", ""))):
        facts["gender"] = gender.value
    if language := _LANGUAGES.get(search_key(texts.get("language", ""))):
        facts["language"] = language
    if columns.has("consent_calls"):
        facts["consent_calls"] = search_key(texts.get("consent_calls", "")) in YES
    return Draft(line, phone, external_id, facts, _custom(cells, columns))


def _ensure_no_extra_cells(cells: Sequence[str], columns: Columns) -> None:
    # A cell beyond the header is a delimiter inside a value: everything after it has moved to the wrong column.
    if any(cell.strip() for cell in cells[len(columns.header) :]):
        raise _FaultError("line", Reason.TOO_MANY_CELLS)


def _phone(text: str) -> str:
    text = clean_text(text)
    if not text:
        raise _FaultError("phone", Reason.MISSING)
    try:
        return parse_phone(text)
    except InvalidInputError:
        raise _FaultError("phone", Reason.INVALID_PHONE) from None


def _date(text: str, name: str) -> str:
    text = clean_text(text)
    if not text:
        return ""
    try:
        return parse_date(text).isoformat()
    except InvalidInputError:
        raise _FaultError(name, Reason.INVALID_DATE) from None


def _names(texts: Mapping[str, str]) -> dict[str, str | bool]:
    """Both names go together: a row with one of them says that the other is empty."""
    names: dict[str, str | bool] = {name: _short(texts, name) for name in ("first_name", "last_name") if name in texts}
    if not any(names.values()):
        raise _FaultError("first_name", Reason.MISSING)
    return names


def _short(texts: Mapping[str, str], name: str) -> str:
    text = clean_text(texts.get(name, ""))
    if len(text) > LONGEST[name]:
        raise _FaultError(name, Reason.TOO_LONG)
    return text


def _custom(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    told = {name: clean_text(cells[place]) for place, name in columns.custom.items() if place < len(cells)}
    return {name: text for name, text in told.items() if text}
