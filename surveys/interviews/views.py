"""An interview, for those who answer for what was asked and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import render_template
from flask_babel import lazy_gettext as _l

from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.languages import current_language
from surveys.interviews import looking_back
from surveys.interviews.events import reviews_asked
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("interviews", __name__, url_prefix="/interviews")
# The word of a state and the kind of its tag.
STATES = {
    ResponseState.STARTED: (_l("not finished yet"), "warn"),
    ResponseState.COMPLETE: (_l("complete"), "good"),
    ResponseState.PARTIAL: (_l("partial"), ""),
    ResponseState.BREAK_OFF: (_l("broken off"), ""),
}


@bp.get("/<int:response_id>")
@roles_required(Role.SUPERVISOR, Role.MANAGER)
def show(response_id: int) -> ResponseReturnValue:
    """One interview: its answers, the time of each, and what was answered before."""
    club_id = current_club_id()
    past = looking_back.of_response(club_id, response_id, language=current_language())
    answers = reviews_asked.send(club_id=club_id, response_id=response_id)
    reviews = [review for _receiver, found in answers for review in found]
    return render_template("interviews/show.html", past=past, states=STATES, reviews=reviews)
