"""A member file as a stream of rows: encodings, delimiters, and lines that no memory should hold."""

from __future__ import annotations

import codecs
import csv
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from club.members.errors import EmptyFileError
from club.members.errors import NotATextFileError
from club.members.importing.columns import known_count
from club.members.importing.report import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

BLOCK_BYTES = 1 << 20
LONGEST_LINE = 64 * 1024
# A cell may hold line breaks; a quote that is still open after so many lines was never meant to open.
MOST_LINES_OF_A_ROW = 30
DELIMITERS = (",", ";", "\t")
BINARY_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff", b"%PDF")
REPLACEMENT = "\ufffd"


@dataclass(frozen=True)
class Shape:
    """How a file is written: its encoding, and about how many lines it has."""

    encoding: str
    line_count: int


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row and the line of the file it begins on; `fault` says why it could not be read."""

    line: int
    cells: list[str]
    fault: Reason | None = None


def measure(path: Path) -> Shape:
    """Find the encoding by reading the file once, block by block: UTF-8 when it is, else Windows-1256.

    Raises NotATextFileError for workbooks and UTF-16, which spreadsheets offer beside CSV; without its mark UTF-16 is
    known by the NULs in its header.
    """
    with path.open("rb") as file:
        start = file.read(LONGEST_LINE)
        if start.startswith(BINARY_STARTS) or b"\0" in start.partition(b"\n")[0]:
            raise NotATextFileError
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        is_utf8, lines = True, 0
        while block := file.read(BLOCK_BYTES):
            lines += block.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, block)
    return Shape("utf-8-sig" if is_utf8 or _has_utf8_header(start) else "cp1256", lines + 1)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _has_utf8_header(start: bytes) -> bool:
    """Whether a file that is not all UTF-8 is a damaged UTF-8 file: its header is not ASCII, and good UTF-8."""
    header = start.partition(b"\n")[0]
    return not header.isascii() and _decodes(codecs.getincrementaldecoder("utf-8")(), header)


@contextmanager
def open_rows(path: Path, shape: Shape) -> Iterator[Iterator[Row]]:
    """The rows of the file, the header first. Raises EmptyFileError when there is none."""
    with path.open(encoding=shape.encoding, errors="replace", newline=None) as file:
        lines = _Lines(file)
        header = lines.take()
        if header is None or header[1] is None or not header[1].strip():
            raise EmptyFileError
        lines.give_back([header])
        yield _rows(lines, _delimiter(header[1]))


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=lambda mark: known_count(next(csv.reader([header], delimiter=mark), [])))


class _Lines:
    """The lines of a file with their numbers; an over-long one is skipped without being held, and comes as None."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 0
        self._returned: deque[tuple[int, str | None]] = deque()

    def take(self) -> tuple[int, str | None] | None:
        if self._returned:
            return self._returned.popleft()
        text = self._file.readline(LONGEST_LINE + 1)
        if not text:
            return None
        self._number += 1
        if len(text) > LONGEST_LINE and not text.endswith("\n"):
            self._skip_rest()
            return self._number, None
        return self._number, text.removesuffix("\n")

    def give_back(self, lines: list[tuple[int, str | None]]) -> None:
        self._returned.extendleft(reversed(lines))

    def _skip_rest(self) -> None:
        while (text := self._file.readline(LONGEST_LINE)) and not text.endswith("\n"):
            pass


def _rows(lines: _Lines, delimiter: str) -> Iterator[Row]:
    while (taken := lines.take()) is not None:
        number, text = taken
        if text is None:
            yield Row(number, [], Reason.LINE_TOO_LONG)
            continue
        cells = _cells(text, delimiter)
        row = Row(number, cells) if cells is not None else _joined(number, text, lines, delimiter)
        if any(REPLACEMENT in cell for cell in row.cells):
            yield Row(number, row.cells, Reason.DAMAGED_TEXT)
        elif row.fault or any(cell.strip() for cell in row.cells):
            yield row


def _joined(number: int, text: str, lines: _Lines, delimiter: str) -> Row:
    """A row that goes on over the next lines; those are given back when its quote never closes."""
    joined = text
    taken: list[tuple[int, str | None]] = []
    while len(taken) < MOST_LINES_OF_A_ROW and (following := lines.take()) is not None:
        taken.append(following)
        if following[1] is None or len(joined) + len(following[1]) > LONGEST_LINE:
            break
        joined += "\n" + following[1]
        cells = _cells(joined, delimiter) if '"' in following[1] else None
        if cells is not None:
            return Row(number, cells)
    lines.give_back(taken)
    return Row(number, [text], Reason.UNCLOSED_QUOTE)


def _cells(text: str, delimiter: str) -> list[str] | None:
    """The cells of a line, or None when a quote is still open at its end."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            return None
    # Not as the standard has it (`"a"b`), but what people's programs write.
    return next(csv.reader([text], delimiter=delimiter), [])
