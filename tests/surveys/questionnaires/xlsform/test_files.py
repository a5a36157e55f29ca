"""Files that strangers send: limits, broken ones and hostile ones. Nothing is ever run, and nothing hangs."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from surveys.questionnaires.rules import Condition
from surveys.questionnaires.xlsform import apart
from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform import file
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.sheets import of_plain
from surveys.questionnaires.xlsform.sheets import suffix_of
from tests.surveys.questionnaires.xlsform.books import SMALL
from tests.surveys.questionnaires.xlsform.books import changed
from tests.surveys.questionnaires.xlsform.books import xlsx

GOOD = xlsx(**SMALL)
OLD = Path(__file__).parents[3] / "data" / "old_form.xls"
SHEET = "xl/worksheets/sheet1.xml"
BILLION = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><worksheet>&i;</worksheet>"
)
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
)


def lying_archive() -> bytes:
    """A workbook of nothing but zeros, a thousand times larger than it looks."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * (20 * 1024 * 1024))
    return stream.getvalue()


def reason_against(data: bytes, name: str) -> str:
    with pytest.raises(RefusedFormError) as refused:
        suffix_of(data, name)
    return str(refused.value)


def test_a_workbook_is_read_in_a_process_of_its_own():
    form = file.read(GOOD, "small.xlsx")

    assert form.slug == "small"
    assert [question.code for question in form.questionnaire.questions] == ["word", "bye"]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"PK\x03\x04" + b"x" * (4 * 1024 * 1024), "a.xlsx", "larger than 4 MB"),
        (lying_archive(), "a.xlsx", "larger than 40 MB"),
        (changed(GOOD, "xl/vbaProject.bin", b"macro"), "a.xlsx", "carries macros"),
        (changed(GOOD, "xl/vbaProject.bin", b"macro"), "a.xlsm", "carries macros"),
        (b"\xd0\xcf\x11\xe0 locked", "a.xlsx", "protected by a password"),
        (GOOD[:200], "a.xlsx", "cannot be read"),
        (b"PK\x03\x04", "a.xlsx", "cannot be read"),
        (b"", "a.xlsx", "cannot be read"),
        (b"%PDF-1.7", "form.pdf", "This is no workbook"),
        (GOOD, "form.zip", "This is no workbook"),
        (b"a,b\x00c", "form.csv", "cannot be read"),
    ],
)
def test_a_file_that_is_no_form_is_refused_before_it_is_opened(data, name, sentence):
    assert sentence in reason_against(data, name)


@pytest.mark.parametrize(
    "data",
    [
        changed(GOOD, SHEET, BILLION.encode()),
        changed(GOOD, SHEET, b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        changed(GOOD, SHEET, b"<worksheet><sheetData><row"),
        changed(GOOD, "xl/workbook.xml", b"no xml"),
        changed(GOOD, "[Content_Types].xml", b"<Types/>"),
    ],
    ids=["entities", "a file of the house", "cut", "no xml", "nothing inside"],
)
def test_a_broken_or_hostile_workbook_cannot_be_read(data):
    assert cells.plain(data, ".xlsx") is None


def test_the_house_survives_a_file_that_asks_for_too_much(monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 0.01)

    with pytest.raises(RefusedFormError, match="takes too long"):
        apart.read(GOOD, "small.xlsx")


def test_the_house_takes_no_more_of_an_answer_than_a_form_can_be(monkeypatch):
    monkeypatch.setattr(apart, "MOST_BYTES", 200)
    # A module that says more than that.
    monkeypatch.setattr(apart, "_CELLS", "this")

    with pytest.raises(RefusedFormError, match="far more text than a questionnaire"):
        apart.read(GOOD, "small.xlsx")


def test_a_cell_far_away_costs_nothing():
    found = cells.plain(changed(GOOD, SHEET, FAR.encode()), ".xlsx")

    assert "survey" not in found["rows"]


def test_too_many_rows_and_too_long_texts_are_refused():
    rows = [{"type": "note", "name": f"n{number}", "label": "x"} for number in range(1001)]
    long = [{"type": "note", "name": "n", "label": "x" * 4001}]

    with pytest.raises(RefusedFormError, match="survey: There are 1001 rows; 1000 is the most"):
        of_plain({"rows": {"survey": rows}})
    with pytest.raises(RefusedFormError, match="survey, row 2: The text in label has more than 4000"):
        of_plain({"rows": {"survey": long}})


@pytest.mark.parametrize("tail", [b"", b"\0" * 100], ids=["sound", "of a length that its reader remarks on"])
def test_a_workbook_of_old_is_read_as_well(tail):
    form = file.read(OLD.read_bytes() + tail, "old_form.xls")

    asked = form.questionnaire.by_code
    assert (form.slug, list(asked)) == ("old_form", ["visits", "people", "word", "bye"])
    assert asked["visits"].text == {"fa": "چند بار آمده‌اید؟"}
    # Numbers of a cell are no fractions: the names of these choices are 1 and 2.
    assert [choice.code for choice in asked["visits"].choices] == ["c_1", "c_2"]
    assert asked["people"].when.conditions == (Condition("visits", "=", "c_2"),)


@pytest.mark.parametrize("length", [8, 600, 3000])
def test_a_part_of_a_workbook_of_old_cannot_be_read(length):
    assert cells.plain(OLD.read_bytes()[:length], ".xls") is None


def test_the_csv_of_xlsform_is_read_as_well():
    text = io.StringIO()
    csv.writer(text).writerows([["survey"], ["", *SMALL["survey"][0]], *([["", *row] for row in SMALL["survey"][1:]])])

    found = of_plain(cells.plain(text.getvalue().encode(), ".csv"))

    assert [row["name"] for row in found.rows["survey"]] == ["word", "bye"]
    assert found.problem == ""
