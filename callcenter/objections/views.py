"""The supervisor's page of objections: what members say, and what the operator answers."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.objections import keeping
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.errors import InvalidInputError
from config.saving import saved

# Its page belongs to the floor in the bar.
bp = Blueprint("objections", __name__, url_prefix="/floor/objections")
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SENTENCES = {
    "title_fa": _l("Write in Persian what members say, with at most 80 characters."),
    "title_en": _l("Write in English what members say, with at most 80 characters."),
    "reply_fa": _l("Write the reply in Persian, with at most 600 characters; in braces only what is named above."),
    "reply_en": _l("Write the reply in English, with at most 600 characters; in braces only what is named above."),
    "is_offered": _l("The desk has keys for nine objections. Switch one off first."),
}


@bp.get("")
@roles_required(*KEEPERS)
def index() -> ResponseReturnValue:
    """All objections of the club, each in its own form, and one for another."""
    return _page()


@bp.post("")
@roles_required(*KEEPERS)
def add() -> ResponseReturnValue:
    """Another objection, on the desks at once."""
    try:
        keeping.add(current_club_id(), request.form)
    except InvalidInputError as error:
        return _refused(None, error)
    return saved(_("The desks have the new objection."), "objections.index")


@bp.post("/<int:objection_id>")
@roles_required(*KEEPERS)
def change(objection_id: int) -> ResponseReturnValue:
    """Other words, on the desks or not."""
    is_offered = request.form.get("is_offered") == "1"
    try:
        keeping.change(current_club_id(), objection_id, request.form, is_offered=is_offered)
    except InvalidInputError as error:
        return _refused(objection_id, error)
    return saved(_("Saved. The desks follow at once."), "objections.index")


@bp.post("/<int:objection_id>/up")
@roles_required(*KEEPERS)
def move_up(objection_id: int) -> ResponseReturnValue:
    """One key earlier on the desks."""
    keeping.move_up(current_club_id(), objection_id)
    return saved(_("Saved. The desks follow at once."), "objections.index")


def _refused(wrong: int | None, error: InvalidInputError) -> ResponseReturnValue:
    """The page again, with what was typed and the sentence at the form it belongs to."""
    db.session.rollback()
    return _page(wrong, {error.field: str(SENTENCES[error.field])}), 422


def _page(wrong: int | None = None, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "objections/index.html",
        objections=keeping.of_club(current_club_id()),
        wrong=wrong,
        errors=errors or {},
        form=request.form,
    )
