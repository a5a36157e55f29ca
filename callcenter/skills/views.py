"""The supervisor's page of skills: who has which, and the list of the house."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.operators import queries as operators
from callcenter.skills import catalogue
from callcenter.skills import giving
from callcenter.skills import wording
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.saving import saved

# Its page belongs to the floor in the bar.
bp = Blueprint("skills", __name__, url_prefix="/floor/skills")
KEEPERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*KEEPERS)
def index() -> ResponseReturnValue:
    """The club's operators with their skills, and the list of the house."""
    return _page()


@bp.post("")
@roles_required(*KEEPERS)
def add() -> ResponseReturnValue:
    """Another skill, which counts at once."""
    form = request.form
    try:
        catalogue.add(
            name_fa=form.get("name_fa", ""),
            name_en=form.get("name_en", ""),
            is_given_first=form.get("is_given_first") == "1",
        )
    except InvalidInputError as error:
        return _refused("", error)
    return saved(_("The skill is in the list. Now give it to the operators who have it."), "skills.index")


@bp.post("/<code>")
@roles_required(*KEEPERS)
def change(code: str) -> ResponseReturnValue:
    """Other words for a skill, counted or not, given to new operators or not."""
    form = request.form
    try:
        catalogue.change(
            code,
            name_fa=form.get("name_fa", ""),
            name_en=form.get("name_en", ""),
            is_used=form.get("is_used") == "1",
            is_given_first=form.get("is_given_first") == "1",
        )
    except InvalidInputError as error:
        return _refused(code, error)
    return saved(_("The skill is changed."), "skills.index")


@bp.post("/operators")
@roles_required(*KEEPERS)
def give() -> ResponseReturnValue:
    """Who has what from now on, of the operators that the page showed."""
    shown = request.form.getlist("operator", type=int)
    ticked = set(request.form.getlist("has"))
    codes = [skill.code for skill in catalogue.used()]
    wanted = {one: {code for code in codes if f"{one}:{code}" in ticked} for one in shown}
    giving.keep(current_club_id(), wanted, given_by=signed_in_user().id, now=utcnow())
    return saved(_("Saved. It holds from the next member on."), "skills.index")


def _refused(code: str, error: InvalidInputError) -> ResponseReturnValue:
    """The page again, with what was typed and the sentence at the form it belongs to."""
    db.session.rollback()
    return _page(code, {error.field: str(wording.FIELDS[error.field])}), 422


def _page(wrong: str | None = None, errors: dict[str, str] | None = None) -> str:
    people = operators.of_club(current_club_id())
    return render_template(
        "skills/index.html",
        skills=catalogue.skills(),
        operators=people,
        had=giving.had_by([one.id for one in people]),
        wrong=wrong,
        errors=errors or {},
        form=request.form,
    )
