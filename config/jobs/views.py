"""The page of one piece of long work: a bar while it runs, its report afterwards."""

from __future__ import annotations

from flask import Blueprint
from flask import jsonify
from flask import render_template
from flask.typing import ResponseReturnValue

from config.accounts.access import Role
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.jobs import runs

bp = Blueprint("jobs", __name__, url_prefix="/jobs")
READERS = (Role.SUPERVISOR, Role.MANAGER, Role.CLUB_STAFF, Role.ADMINISTRATOR)


@bp.get("/<int:run_id>")
@roles_required(*READERS)
def show(run_id: int) -> ResponseReturnValue:
    """One run; the page of its kind (`templates/jobs/<kind>.html`) shows the report."""
    run = runs.get(run_id, club_ids=current_club_ids())
    return render_template(f"jobs/{run.kind}.html", run=run, progress=runs.progress_of(run_id))


@bp.get("/<int:run_id>/progress.json")
@roles_required(*READERS)
def progress(run_id: int) -> ResponseReturnValue:
    """How far it is, for a page whose stream is cut."""
    run = runs.get(run_id, club_ids=current_club_ids())
    now = runs.progress_of(run_id)
    return jsonify(state=run.state.value, done=now.done, total=now.total)
