"""What a supervisor does on the floor to be on a call."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.listening import phones
from callcenter.listening import requesting
from callcenter.listening.errors import AlreadyListeningError
from callcenter.listening.errors import NobodyTalksError
from callcenter.listening.errors import NoPhoneError
from callcenter.listening.models import Manner
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import ConflictError
from config.errors import InvalidInputError
from config.text import is_id

bp = Blueprint("listening", __name__, url_prefix="/floor/listening")
REFUSALS = {
    AlreadyListeningError.code: _l("You are on a call already. Leave it first."),
    NobodyTalksError.code: _l("This call has ended."),
    NoPhoneError.code: _l("Enter the number of your phone first, below."),
}


@bp.post("")
@roles_required(Role.SUPERVISOR)
def begin() -> ResponseReturnValue:
    """Be on a call, in one of three manners."""
    text, manner = request.form.get("call_id", ""), request.form.get("manner", "")
    if not is_id(text):
        raise InvalidInputError("call_id", f"{text[:40]!r} is not an id")
    if manner not in set(Manner):
        raise InvalidInputError("manner", f"{manner[:40]!r} is not a manner to listen")
    try:
        requesting.begin(int(text), signed_in_user().id, club_id=current_club_id(), manner=Manner(manner), now=utcnow())
        db.session.commit()
    except ConflictError as error:
        db.session.rollback()
        flash(str(REFUSALS[error.code]), "bad")
    return redirect(url_for("floor.show"))


@bp.post("/<int:listening_id>/end")
@roles_required(Role.SUPERVISOR)
def end(listening_id: int) -> ResponseReturnValue:
    """Leave the call."""
    requesting.end(listening_id, signed_in_user().id, now=utcnow())
    db.session.commit()
    return redirect(url_for("floor.show"))


@bp.post("/phone")
@roles_required(Role.SUPERVISOR)
def phone() -> ResponseReturnValue:
    """Say which phone is one's own."""
    try:
        phones.give(signed_in_user().id, request.form.get("extension", ""))
        db.session.commit()
        flash(_("Your phone is saved."), "good")
    except InvalidInputError:
        db.session.rollback()
        flash(_("A phone is letters and digits, such as 150, and nobody else has it."), "bad")
    return redirect(url_for("floor.show"))
