"""The import's screens: the upload, and the file of rejected lines. The run itself has the page of all long work."""

from __future__ import annotations

from flask import Blueprint
from flask import Response
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from club.members.importing import jobs
from club.members.importing import rejects
from club.members.importing.columns import NAMES
from club.members.importing.report import Reason
from club.members.importing.wording import field_text
from club.members.importing.wording import reason_text
from club.members.importing.wording import refusal_text
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.errors import NotFoundError
from config.jobs import runs

bp = Blueprint("imports", __name__, url_prefix="/members/import")
WRITERS = (Role.CLUB_STAFF, Role.ADMINISTRATOR)
RUNS_SHOWN = 10
# The page of a run belongs to all long work; its template puts our codes into words by these.
bp.add_app_template_filter(field_text, "import_field")
bp.add_app_template_filter(reason_text, "import_reason")
bp.add_app_template_filter(refusal_text, "import_refusal")


@bp.get("")
@roles_required(*WRITERS)
def index() -> ResponseReturnValue:
    """Where a file is given, and what became of the last ones."""
    return _page()


def _page(error: str | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "members/import.html",
        columns=NAMES,
        runs=runs.latest(current_club_id(), jobs.KIND, limit=RUNS_SHOWN),
        error=error,
    )
    return page, status


@bp.post("")
@roles_required(*WRITERS)
def upload() -> ResponseReturnValue:
    """Take a file and start its import; the page of the run shows the rest."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(_("Choose a file first."), 422)
    run_id = jobs.start(current_club_id(), file.stream, name=file.filename, user_id=signed_in_user().id)
    db.session.commit()
    return redirect(url_for("jobs.show", run_id=run_id))


@bp.get("/<int:run_id>/rejected.csv")
@roles_required(*WRITERS)
def rejected(run_id: int) -> ResponseReturnValue:
    """The rejected lines of an import with their reasons, to be mended and imported again."""
    run = runs.get(run_id, club_ids=current_club_ids())
    path = jobs.rejects_path(run_id)
    if run.kind != jobs.KIND or not run.report or not path.exists():
        raise NotFoundError("There is no file of rejected lines for this import.")
    texts = {reason: reason_text(reason) for reason in Reason}
    headers = {"Content-Disposition": f'attachment; filename="rejected-{run_id}.csv"'}
    return Response(rejects.as_csv(path, texts.__getitem__), mimetype="text/csv", headers=headers)
