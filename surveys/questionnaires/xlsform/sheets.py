"""The cells of a workbook, read by pyxform within limits: nothing in a file may cost more than a form is worth."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from surveys.questionnaires.xlsform import reasons
from surveys.questionnaires.xlsform.findings import FILE
from surveys.questionnaires.xlsform.findings import Finding
from surveys.questionnaires.xlsform.findings import RefusedFormError

MEGABYTE = 1024 * 1024
LARGEST = 4
LARGEST_UNPACKED = 40
MOST_PARTS = 300
MOST_ROWS = {"survey": 1_000, "choices": 5_000, "settings": 10}
LONGEST_CELL = 4_000
# The first bytes of a zip archive, and of what was there before.
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SUFFIXES = (".xlsx", ".xls", ".csv")


@dataclass(frozen=True)
class Sheets:
    """The rows of each sheet by their headings, empty cells left out; `problem` is what pyxform says against the form.

    The first row of a sheet is the second of the spreadsheet: headings are above it.
    """

    rows: dict[str, list[dict[str, str]]]
    headings: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""


def suffix_of(data: bytes, name: str) -> str:
    """What kind of file it is, by its first bytes and its name. Raises RefusedFormError for what cannot be read."""
    if len(data) > LARGEST * MEGABYTE:
        raise _refusal(reasons.TOO_LARGE, limit=LARGEST)
    ending = "." + name.lower().rpartition(".")[2]
    if data.startswith(_ZIP) and ending in {".xlsx", ".xlsm"}:
        _ensure_small_archive(data)
        return ".xlsx"
    if data.startswith(_OLE):
        if ending != ".xls":
            raise _refusal(reasons.LOCKED_FILE)
        return ".xls"
    if ending == ".csv" and b"\x00" not in data:
        return ".csv"
    raise _refusal(reasons.BROKEN_FILE if ending in SUFFIXES else reasons.UNKNOWN_FILE)


def _ensure_small_archive(data: bytes) -> None:
    """What a zip archive says of itself; the limits of the process that unpacks it hold those that lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _refusal(reasons.BROKEN_FILE) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED * MEGABYTE:
        raise _refusal(reasons.TOO_LARGE, limit=LARGEST_UNPACKED)
    if any("vbaProject" in part.filename for part in parts):
        raise _refusal(reasons.MACROS)


def of_plain(answer: Any) -> Sheets:
    """Sheets from what `plain` gave. Raises RefusedFormError for none, or more rows or text than a form needs."""
    if answer is None:
        raise _refusal(reasons.BROKEN_FILE)
    sheets = Sheets(**answer)
    findings = []
    for name, limit in MOST_ROWS.items():
        count = len(sheets.rows.get(name, []))
        if count > limit:
            findings.append(Finding(name, 0, reasons.TOO_MANY_ROWS, {"count": count, "limit": limit}))
    findings += [
        Finding(name, number, reasons.TOO_LONG, {"column": column, "limit": LONGEST_CELL})
        for name, rows in sheets.rows.items()
        for number, row in enumerate(rows, 2)
        for column, text in row.items()
        if len(text) > LONGEST_CELL
    ]
    if findings:
        raise RefusedFormError(findings)
    return sheets


def _refusal(reason: Any, **values: Any) -> RefusedFormError:
    return RefusedFormError([Finding(FILE, 0, reason, values)])
