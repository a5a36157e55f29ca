from __future__ import annotations

import tracemalloc

import pytest

from club.members.errors import EmptyFileError
from club.members.errors import NotATextFileError
from club.members.importing.reading import LONGEST_LINE
from club.members.importing.reading import Row
from club.members.importing.reading import measure
from club.members.importing.reading import open_rows
from club.members.importing.report import Reason

HEADER = "موبایل,نام"


def rows_of(path):
    with open_rows(path, measure(path)) as rows:
        return list(rows)


def written(tmp_path, content):
    path = tmp_path / "members.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEADER}\n0912,علی\n".encode(), id="utf-8"),
        pytest.param(f"\ufeff{HEADER}\r\n0912,علی\r\n".encode(), id="utf-8 with a byte-order mark"),
        pytest.param(f"{HEADER.replace('ی', 'ي')}\r\n0912,علي\r\n".encode("cp1256"), id="windows-1256"),
        pytest.param(f"{HEADER}\r0912,علی".encode(), id="carriage returns alone, no end"),
        pytest.param(f"{HEADER.replace(',', ';')}\n0912;علی\n".encode(), id="semicolons"),
        pytest.param(f"{HEADER.replace(',', chr(9))}\n0912\tعلی\n".encode(), id="tabs"),
    ],
)
def test_a_file_is_read_however_it_is_written(tmp_path, content):
    path = written(tmp_path, content)

    header, row = rows_of(path)

    assert [cell.replace("ي", "ی") for cell in header.cells] == ["موبایل", "نام"]
    assert [cell.replace("ي", "ی") for cell in row.cells] == ["0912", "علی"]


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04workbook", "موبایل".encode("utf-16"), "phone,first_name\n0912,Ali\n".encode("utf-16-le")]
)
def test_a_workbook_and_utf_16_are_refused(tmp_path, start):
    with pytest.raises(NotATextFileError):
        measure(written(tmp_path, start))


@pytest.mark.parametrize("content", [b"", b"\n0912,x\n", b"x" * (LONGEST_LINE + 2) + b"\n"])
def test_a_file_without_a_header_is_refused(tmp_path, content):
    with pytest.raises(EmptyFileError):
        rows_of(written(tmp_path, content))


def test_a_row_may_go_on_over_lines_and_is_known_by_its_first(tmp_path):
    path = written(tmp_path, 'phone,first_name\n1,"a\nb"\n2,c\n')

    assert rows_of(path)[1:] == [Row(2, ["1", "a\nb"]), Row(4, ["2", "c"])]


def test_a_quote_that_never_closes_costs_its_own_line_only(tmp_path):
    lines = [f"{number},x" for number in range(100)]
    path = written(tmp_path, "\n".join(["phone,first_name", '7,"open', *lines]))

    rows = rows_of(path)

    assert rows[1] == Row(2, ['7,"open'], Reason.UNCLOSED_QUOTE)
    assert [row.line for row in rows[2:]] == list(range(3, 103))


def test_a_quote_inside_a_value_is_a_letter_like_others(tmp_path):
    path = written(tmp_path, 'phone,first_name\n1,5" pipe\n2,"a"b\n3,c\n')

    assert [row.cells for row in rows_of(path)[1:]] == [["1", '5" pipe'], ["2", "ab"], ["3", "c"]]


def test_damaged_letters_cost_their_row_only(tmp_path):
    path = written(tmp_path, f"{HEADER}\n1,علی\n2,".encode() + b"\xff\xfe" + "\n3,رضا\n".encode())

    assert [(row.line, row.fault) for row in rows_of(path)] == [
        (1, None),
        (2, None),
        (3, Reason.DAMAGED_TEXT),
        (4, None),
    ]


def test_blank_lines_are_no_rows(tmp_path):
    path = written(tmp_path, "phone,first_name\n\n1,a\n,\n  \n2,b\n")

    assert [(row.line, row.cells[0]) for row in rows_of(path)[1:]] == [(3, "1"), (6, "2")]


def test_a_line_of_100_mb_is_passed_over_without_being_held(tmp_path):
    path = tmp_path / "members.csv"
    with path.open("wb") as file:
        file.write(b"phone,first_name\n1,a\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n2,b\n")
    tracemalloc.start()

    rows = rows_of(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(row.line, row.fault) for row in rows] == [(1, None), (2, None), (3, Reason.LINE_TOO_LONG), (4, None)]
    assert peak < 8_000_000
