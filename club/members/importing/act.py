"""The import: read and check the whole file first, then write it in one transaction."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from club.members.importing import rejects
from club.members.importing import spooling
from club.members.importing.columns import read_header
from club.members.importing.naming import Names
from club.members.importing.parsing import Draft
from club.members.importing.parsing import parse_row
from club.members.importing.reading import measure
from club.members.importing.reading import open_rows
from club.members.importing.report import ImportReport
from club.members.importing.report import Rejected
from club.members.importing.writing import Written
from club.members.importing.writing import write_chunk
from config.accounts.models import Club
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path
    from typing import TextIO

    from club.members.importing.columns import Columns
    from club.members.importing.reading import Shape
    from club.members.importing.spooling import Checked

    Progress = Callable[[int, int], None]

CHUNK_ROWS = 1000


def imports_folder() -> Path:
    """Where uploaded files, spools and files of rejects live: <home>/imports."""
    home: Path = current_app.config["HOME"]
    return home / "imports"


def import_file(
    path: Path, club_id: int, *, now: datetime, on_progress: Progress | None = None, rejects_path: Path | None = None
) -> ImportReport:
    """Take the members of a CSV file into a club; the caller commits, and should hold no transaction when calling.

    `on_progress` hears (done, total) in lines read plus lines written. `rejects_path` keeps the rejected lines with
    their cells (see `rejects.as_csv`). Raises ImportRefusedError when the file is no member list at all.
    """
    tell = on_progress or _tell_nobody
    shape = measure(path)
    with spooling.open_spool(imports_folder()) as spool:
        columns = _check_all(path, shape, spool, tell)
        if rejects_path is None:
            return _write_all(club_id, spool, None, shape, now, tell)
        with rejects_path.open("w", encoding="utf-8") as kept:
            rejects.put_header(kept, columns.header)
            return _write_all(club_id, spool, kept, shape, now, tell)


def _tell_nobody(_done: int, _total: int) -> None:
    pass


def _check_all(path: Path, shape: Shape, spool: TextIO, tell: Progress) -> Columns:
    with open_rows(path, shape) as rows:
        columns = read_header(next(rows).cells)
        for count, row in enumerate(rows):
            checked = Rejected(row.line, "line", row.fault) if row.fault else parse_row(row.line, row.cells, columns)
            spooling.put(spool, checked, row.cells)
            if count % CHUNK_ROWS == 0:
                tell(row.line, 2 * shape.line_count)
    return columns


def _write_all(
    club_id: int, spool: TextIO, kept: TextIO | None, shape: Shape, now: datetime, tell: Progress
) -> ImportReport:
    _have_club_alone(club_id)
    names = Names(club_id)
    rows, created, updated, rejected = 0, 0, 0, []
    for chunk in _chunks(spooling.read_all(spool)):
        written = write_chunk(club_id, [row for row, _ in chunk if isinstance(row, Draft)], names, now=now)
        rows, created, updated = rows + len(chunk), created + written.created, updated + written.updated
        for refused, cells in _refused(chunk, written):
            rejected.append(refused)
            if kept is not None:
                rejects.put(kept, refused, cells)
        tell(shape.line_count + chunk[-1][0].line, 2 * shape.line_count)
    return ImportReport(rows, created, updated, rejected)


def _have_club_alone(club_id: int) -> None:
    # Two imports into one club would make the same branch twice. This lock lets rows that point to the club pass.
    db.session.execute(select(Club.id).where(Club.id == club_id).with_for_update(key_share=True))


def _chunks(rows: Iterator[Checked]) -> Iterator[list[Checked]]:
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield chunk


def _refused(chunk: Sequence[Checked], written: Written) -> Iterator[tuple[Rejected, list[str]]]:
    for row, cells in chunk:
        refused = row if isinstance(row, Rejected) else written.rejected.get(row.line)
        if refused is not None:
            yield refused, cells
