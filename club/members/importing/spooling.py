"""The spool between reading and writing: checked rows on disk, so that the database transaction is short.

The file has no name in the folder, so nothing of a killed import is left behind.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import TypeAlias

from club.members.importing.parsing import Draft
from club.members.importing.report import Reason
from club.members.importing.report import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

# What was made of a row, and its cells as they stood in the file.
Checked: TypeAlias = tuple[Draft | Rejected, list[str]]


@contextmanager
def open_spool(folder: Path) -> Iterator[TextIO]:
    """A nameless file in `folder`, readable by this process only."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile("w+", dir=folder, encoding="utf-8") as file:
        yield file


def put(spool: TextIO, checked: Draft | Rejected, cells: list[str]) -> None:
    """Append one checked row."""
    if isinstance(checked, Draft):
        fields: list[object] = [checked.line, checked.phone, checked.external_id, checked.facts, checked.custom]
    else:
        fields = [checked.line, checked.field, checked.reason.value]
    spool.write(json.dumps([fields, cells], ensure_ascii=False) + "\n")


def read_all(spool: TextIO) -> Iterator[Checked]:
    """Every row again, in the order of the file."""
    spool.flush()
    spool.seek(0)
    for text in spool:
        fields, cells = json.loads(text)
        yield _checked(fields), cells


def _checked(fields: list[object]) -> Draft | Rejected:
    if len(fields) == len(Draft.__slots__):
        return Draft(*fields)  # type: ignore[arg-type]  # as `put` wrote them
    line, name, reason = fields
    return Rejected(int(str(line)), str(name), Reason(str(reason)))
