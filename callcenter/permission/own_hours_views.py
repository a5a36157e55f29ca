"""A member's own calling hours, from the member's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import request
from flask_babel import gettext as _

from callcenter.permission import keeping_hours
from callcenter.permission import own_hours_form
from callcenter.permission import wording
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("own_hours", __name__)


@bp.post("/members/<int:member_id>/calling-hours")
@roles_required(Role.CLUB_STAFF, Role.ADMINISTRATOR)
def save(member_id: int) -> ResponseReturnValue:
    """Keep when the member wants to be called."""
    try:
        zone, windows = own_hours_form.read(request.form)
        keeping_hours.save(
            current_club_id(), member_id, zone=zone, windows=windows, user_id=signed_in_user().id, now=utcnow()
        )
    except InvalidInputError as error:
        db.session.rollback()
        flash(wording.FIELDS[error.field], "error")
    else:
        db.session.commit()
        flash(
            _("The member is called at these hours only.")
            if windows
            else _("The member is called at any calling hour."),
            "good",
        )
    return redirect(f"/members/{member_id}")
