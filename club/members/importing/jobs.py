"""The import as background work: the uploaded file, its run, its end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from club.members.errors import ImportRefusedError
from club.members.errors import MissingColumnsError
from club.members.errors import RepeatedColumnsError
from club.members.importing.act import import_file
from club.members.importing.act import imports_folder
from config.database import db
from config.database import utcnow
from config.jobs import runs
from config.jobs.queueing import ENDS_ITS_RUN
from config.jobs.queueing import enqueue
from config.jobs.queueing import enqueue_after_commit
from config.text import clean_text

if TYPE_CHECKING:
    from typing import IO

    from club.members.importing.report import ImportReport

KIND = "import"
JOB = "club.members.importing.jobs.import_members"
WAITS_TOO_LONG = timedelta(minutes=10)
BLOCK_BYTES = 1 << 20
# A million rows take minutes, not an hour.
TIMEOUT_SECONDS = 3600
# The page shows the first of them; the file of rejects has all.
MOST_SHOWN_REJECTS = 50


def start(club_id: int, upload: IO[bytes], *, name: str, user_id: int) -> int:
    """Keep an uploaded file and queue its import; returns the id of the run. The caller commits."""
    run_id = runs.start(club_id, user_id=user_id, kind=KIND, title=clean_text(name)[:200], parameters={})
    path = upload_path(run_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        while block := upload.read(BLOCK_BYTES):
            file.write(block)
    enqueue_after_commit(JOB, run_id, queue="imports", timeout_seconds=TIMEOUT_SECONDS, on_failure=ENDS_ITS_RUN)
    return run_id


def requeue_waiting() -> None:
    """Queue the imports again that never reached a worker, because Redis was away when they were given."""
    for run_id in runs.waiting(KIND, since_before=utcnow() - WAITS_TOO_LONG):
        enqueue(JOB, run_id, queue="imports", timeout_seconds=TIMEOUT_SECONDS, on_failure=ENDS_ITS_RUN)
    db.session.rollback()


def import_members(run_id: int) -> None:
    """Run one import. Running it again after a kill gives the same members; a finished one is left alone."""
    run = runs.begin(run_id)
    club_id, is_finished = run.club_id, run.finished_at is not None
    if is_finished:
        db.session.rollback()
        return
    # No transaction stays open while the file is read.
    db.session.commit()
    try:
        report = import_file(
            upload_path(run_id),
            club_id,
            now=utcnow(),
            on_progress=lambda done, total: runs.tell_progress(run_id, done, total),
            rejects_path=rejects_path(run_id),
        )
    except ImportRefusedError as error:
        db.session.rollback()
        runs.fail(run_id, error=_told(error), now=utcnow())
    else:
        runs.finish(run_id, report=_shown(report), now=utcnow())
    db.session.commit()
    upload_path(run_id).unlink(missing_ok=True)


def upload_path(run_id: int) -> Path:
    """Where the uploaded file of a run waits; it is deleted when the run has ended."""
    return imports_folder() / f"{run_id}.csv"


def rejects_path(run_id: int) -> Path:
    """Where the rejected lines of a run are kept for download."""
    return imports_folder() / f"{run_id}.rejects"


def _told(error: ImportRefusedError) -> str:
    """The refusal as the run keeps it: its code, and the columns it names."""
    names = error.names if isinstance(error, MissingColumnsError | RepeatedColumnsError) else ()
    return " ".join([error.code, *names])


def _shown(report: ImportReport) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "created": report.created,
        "updated": report.updated,
        "rejected": len(report.rejected),
        "reasons": dict(Counter(one.reason.value for one in report.rejected).most_common()),
        "examples": [
            {"line": one.line, "field": one.field, "reason": one.reason.value}
            for one in report.rejected[:MOST_SHOWN_REJECTS]
        ],
    }
