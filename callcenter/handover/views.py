"""What a supervisor does about the member on an operator's desk."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from callcenter.handover import handing
from callcenter.handover.errors import AlreadyHandedOverError
from callcenter.handover.errors import CallInTheMakingError
from callcenter.handover.errors import DeskTakenError
from callcenter.handover.errors import NothingToHandOverError
from callcenter.listening.errors import NoPhoneError
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import ConflictError
from config.errors import InvalidInputError
from config.text import is_id

bp = Blueprint("handover", __name__, url_prefix="/floor/operators/<int:operator_id>")
DONE = _l("Done. The member is on the other desk, with every answer.")
RINGING = _l("The phone of the other operator rings. Once they pick up, they have the member, with every answer.")
REFUSALS = {
    NothingToHandOverError.code: _l("There is no member on this desk any more."),
    DeskTakenError.code: _l("That desk has a member by now."),
    CallInTheMakingError.code: _l("A call is being made on this desk. Wait until it is answered, or over."),
    AlreadyHandedOverError.code: _l("A phone rings for this call, or for that desk, already."),
    NoPhoneError.code: _l("Enter the number of your phone on the floor first: members are called from it."),
}


@bp.post("/take-over")
@roles_required(Role.SUPERVISOR)
def take_over(operator_id: int) -> ResponseReturnValue:
    """The member comes to the supervisor's own desk."""
    try:
        handing.take_over(current_club_id(), operator_id, supervisor_id=signed_in_user().id, now=utcnow())
        db.session.commit()
    except ConflictError as error:
        return _refused(operator_id, error)
    return redirect(url_for("desk.show"))


@bp.post("/hand-over")
@roles_required(Role.SUPERVISOR)
def hand_over(operator_id: int) -> ResponseReturnValue:
    """The member goes to another operator's desk."""
    text = request.form.get("to_id", "")
    if not is_id(text):
        raise InvalidInputError("to_id", f"{text[:40]!r} is not an id")
    given_by, now = signed_in_user().id, utcnow()
    try:
        is_done = handing.hand_to(current_club_id(), operator_id, to_id=int(text), given_by=given_by, now=now)
        db.session.commit()
    except ConflictError as error:
        return _refused(operator_id, error)
    flash(str(DONE if is_done else RINGING), "good")
    return redirect(url_for("floor.show"))


def _refused(operator_id: int, error: ConflictError) -> ResponseReturnValue:
    db.session.rollback()
    flash(str(REFUSALS[error.code]), "warn")
    return redirect(url_for("floor.operator", operator_id=operator_id))
