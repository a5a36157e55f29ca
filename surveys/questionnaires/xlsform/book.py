"""The file of a workbook: sheets of texts, their headings bold."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.styles import Font

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet


def of(**sheets: tuple[Sequence[str], Sequence[Mapping[str, str]]]) -> bytes:
    """The bytes of an .xlsx file: each sheet with its headings and its rows; a heading that nobody uses is left out."""
    book = Workbook()
    book.remove(book.active)
    for title, (headings, rows) in sheets.items():
        _fill(book.create_sheet(title), headings, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    used = [one for one in headings if any(row.get(one) for row in rows) or one in {"type", "name", "list_name"}]
    for number, row in enumerate([dict(zip(used, used, strict=True)), *rows], 1):
        for place, one in enumerate(used, 1):
            if row.get(one):
                cell = sheet.cell(number, place)
                # As a text, whatever it begins with: a sentence is never a formula.
                cell.value = ILLEGAL_CHARACTERS_RE.sub("", row[one])
                cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=number > 1, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
    for place, one in enumerate(used, 1):
        letter = sheet.cell(1, place).column_letter
        sheet.column_dimensions[letter].width = 48 if "::" in one else 18
    sheet.freeze_panes = "A2"
