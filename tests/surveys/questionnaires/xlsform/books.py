"""Workbooks for tests: tables as text, which pyxform reads, too, and real files."""

from __future__ import annotations

import io
import zipfile

from openpyxl import Workbook

from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.reading import whole
from surveys.questionnaires.xlsform.sheets import of_plain


def read(tables: str, name: str = "form.xlsx"):
    """The form in these tables, one line a row: `| survey |`, then `| | type | name | …`."""
    return whole(form_of(of_plain(cells.plain(tables.encode(), ".md")), name))


def refused(tables: str) -> list[str]:
    """Every reason against these tables, with its place."""
    try:
        read(tables)
    except RefusedFormError as error:
        return [finding.line() for finding in error.findings]
    return []


def xlsx(**sheets: list[list[object]]) -> bytes:
    """A real workbook, its sheets as rows of cells."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


SMALL = {
    "survey": [["type", "name", "label"], ["text", "word", "What do you say?"], ["note", "bye", "Goodbye."]],
    "settings": [["form_title", "form_id"], ["Small", "small"]],
}


def changed(data: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != part:
                new.writestr(one, old.read(one))
        new.writestr(part, content)
    return file.getvalue()
