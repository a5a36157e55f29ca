"""The file of rejected lines: the original cells with line, field and reason, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from club.members.importing.columns import REJECT_NAMES
from club.members.importing.report import Reason
from config.text import clean_text
from config.text import safe_cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from club.members.importing.report import Rejected

# Excel takes a CSV file for UTF-8 only when it begins so.
BOM = "\ufeff"


def put_header(file: TextIO, header: Sequence[str]) -> None:
    """Begin a kept file of rejects with the header of the imported one."""
    file.write(json.dumps(list(header), ensure_ascii=False) + "\n")


def put(file: TextIO, rejected: Rejected, cells: Sequence[str]) -> None:
    """Append one rejected line with its cells."""
    file.write(
        json.dumps([rejected.line, rejected.field, rejected.reason.value, list(cells)], ensure_ascii=False) + "\n"
    )


def as_csv(path: Path, text_of: Callable[[Reason], str]) -> Iterator[str]:
    """The kept rejects as the lines of a CSV file for people; `text_of` puts a reason into words.

    The three added columns come last and are passed over when the mended file is imported.
    """
    with path.open(encoding="utf-8") as file:
        header = json.loads(next(file))
        yield BOM + _line([*header, *REJECT_NAMES])
        for text in file:
            line, field, reason, cells = json.loads(text)
            padded = [*cells, *[""] * (len(header) - len(cells))]
            yield _line([*padded, str(line), field, text_of(Reason(reason))])


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return safe_cell(cell) if cell == clean_text(cell) else safe_cell(clean_text(cell))
