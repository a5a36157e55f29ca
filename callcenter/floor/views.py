"""The supervisor's page: the whole of it, and the part that changes."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask.typing import ResponseReturnValue

from callcenter.floor import queries
from callcenter.floor import wording
from callcenter.operators import pauses
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import utcnow
from config.languages import current_language
from config.languages import current_zone

bp = Blueprint("floor", __name__, url_prefix="/floor")
WATCHERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WATCHERS)
def show() -> ResponseReturnValue:
    """The floor of the club."""
    return _render("floor/floor.html")


@bp.get("/parts")
@roles_required(*WATCHERS)
def parts() -> ResponseReturnValue:
    """What changes on the page, for its script."""
    return _render("floor/_live.html")


def _render(template: str) -> str:
    floor = queries.look(current_club_id(), zone=current_zone(), now=utcnow())
    language = current_language()
    return render_template(
        template,
        floor=floor,
        states=wording.STATES,
        reasons=wording.REASONS | {reason.code: reason.name(language) for reason in pauses.reasons()},
        calls=wording.CALLS,
        lines=wording.LINES,
    )
