"""The supervisor's list of reasons to pause."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.operators import pauses
from config.accounts.access import Role
from config.accounts.access import roles_required
from config.database import db
from config.errors import InvalidInputError
from config.saving import saved

# Its pages belong to the floor in the bar.
bp = Blueprint("operators", __name__, url_prefix="/floor/pauses")
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)
SENTENCES = {
    "name_fa": _l("Write the reason in Persian, with at most 60 characters."),
    "name_en": _l("Write the reason in English, with at most 60 characters."),
    "is_offered": _l("The desk has keys for nine reasons. Switch one off first."),
}


@bp.get("")
@roles_required(*KEEPERS)
def index() -> ResponseReturnValue:
    """All reasons, each in its own form, and one for another."""
    return _page()


@bp.post("")
@roles_required(*KEEPERS)
def add() -> ResponseReturnValue:
    """Another reason, offered at once."""
    form = request.form
    try:
        pauses.add(name_fa=form.get("name_fa", ""), name_en=form.get("name_en", ""), is_paid=form.get("is_paid") == "1")
    except InvalidInputError as error:
        return _refused(None, error)
    return saved(_("The desks offer the new reason."), "operators.index")


@bp.post("/<code>")
@roles_required(*KEEPERS)
def change(code: str) -> ResponseReturnValue:
    """Other words for a reason, paid or not, offered or not."""
    form = request.form
    try:
        pauses.change(
            code,
            name_fa=form.get("name_fa", ""),
            name_en=form.get("name_en", ""),
            is_paid=form.get("is_paid") == "1",
            is_offered=form.get("is_offered") == "1",
        )
    except InvalidInputError as error:
        return _refused(code, error)
    return saved(_("The reason is changed; pauses of the past keep what they were."), "operators.index")


def _refused(code: str | None, error: InvalidInputError) -> ResponseReturnValue:
    """The page again, with what was typed and the sentence at the form it belongs to."""
    db.session.rollback()
    return _page(code, {error.field: str(SENTENCES[error.field])}), 422


def _page(wrong: str | None = None, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "operators/pauses.html", reasons=pauses.reasons(), wrong=wrong, errors=errors or {}, form=request.form
    )
