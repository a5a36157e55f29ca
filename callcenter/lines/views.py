"""The supervisor's page of lines: how each is, and who and what is on it."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.floor import wording
from callcenter.lines import assigning
from callcenter.lines import queries
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.errors import InvalidInputError
from config.text import is_id

# Its page belongs to the floor in the bar.
bp = Blueprint("lines", __name__, url_prefix="/floor/lines")
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*KEEPERS)
def index() -> ResponseReturnValue:
    """The lines, and the club's operators and campaigns on them."""
    club_id = current_club_id()
    people, campaigns = queries.operators_of(club_id), queries.campaigns_of(club_id)
    return render_template(
        "lines/index.html",
        lines=queries.lines(people, campaigns),
        operators=people,
        campaigns=campaigns,
        health=wording.LINES,
    )


@bp.post("")
@roles_required(*KEEPERS)
def keep() -> ResponseReturnValue:
    """Put the operators and campaigns that the page showed on the lines that were chosen."""
    try:
        assigning.keep(current_club_id(), of_operators=_chosen("operator"), of_campaigns=_chosen("campaign"))
        db.session.commit()
        flash(_("Saved. It holds from the next member on."), "good")
    except InvalidInputError:
        db.session.rollback()
        flash(_("This line is not configured any more. Nothing was changed."), "warn")
    return redirect(url_for("lines.index"))


def _chosen(kind: str) -> dict[int, str]:
    """The line chosen for each operator or campaign, from fields such as `operator-17`."""
    found = (name.removeprefix(f"{kind}-") for name in request.form if name.startswith(f"{kind}-"))
    return {int(number): request.form[f"{kind}-{number}"] for number in found if is_id(number)}
