"""The administrator's pages: who may sign in, and which clubs there are. And everybody's own password."""

from __future__ import annotations

from flask import Blueprint
from flask import current_app
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import login_user
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from config.accounts import people
from config.accounts.access import Role
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.accounts.models import Club
from config.accounts.models import User
from config.accounts.passwords import is_right_password
from config.accounts.person import load_person
from config.accounts.words import ROLE_NAMES
from config.database import db
from config.errors import ConflictError
from config.errors import InvalidInputError

bp = Blueprint("people", __name__)


@bp.get("/accounts")
@roles_required(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """Everybody who may sign in, and every club."""
    return _page()


def _page(errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    everybody = select(User).options(selectinload(User.memberships))
    users = db.session.scalars(everybody.order_by(User.is_enabled.desc(), User.role, User.name)).all()
    clubs = {club.id: club for club in db.session.scalars(select(Club).order_by(Club.name))}
    page = render_template(
        "accounts/index.html", users=users, clubs=clubs, roles=ROLE_NAMES, errors=errors or {}, form=request.form
    )
    return page, status


@bp.post("/accounts")
@roles_required(Role.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    """Add an account."""
    form = request.form
    try:
        user = people.add_user(
            form.get("email", ""),
            name=form.get("name", ""),
            role=_role(form.get("role", "")),
            password=form.get("password", ""),
            club_ids=_club_ids(),
            extension=form.get("extension", "").strip() or None,
        )
    except InvalidInputError as error:
        db.session.rollback()
        return _page({error.field: _sentence(error.field)}, 422)
    except ConflictError:
        db.session.rollback()
        return _page({"email": _("There is already an account with this e-mail.")}, 409)
    db.session.commit()
    flash(_("The account %(email)s is ready.", email=user.email), "good")
    return redirect(url_for("people.index"))


@bp.get("/accounts/<int:user_id>")
@roles_required(Role.ADMINISTRATOR)
def show(user_id: int) -> ResponseReturnValue:
    """One account."""
    return _person(people.get_user(user_id))


def _person(user: User, errors: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template("accounts/person.html", user=user, role=ROLE_NAMES[user.role], errors=errors or {})
    return page, status


@bp.post("/accounts/clubs")
@roles_required(Role.ADMINISTRATOR)
def add_club() -> ResponseReturnValue:
    """Add a club."""
    form = request.form
    try:
        club = people.add_club(
            form.get("slug", ""), name=form.get("club_name", ""), time_zone=current_app.config["TIME_ZONE"]
        )
    except InvalidInputError as error:
        return _page({error.field: _sentence(error.field)}, 422)
    except ConflictError:
        return _page({"slug": _("There is already a club with this short name.")}, 409)
    db.session.commit()
    flash(_("The club %(name)s is there. Now give it people.", name=club.name), "good")
    return redirect(url_for("people.index"))


@bp.post("/accounts/<int:user_id>/password")
@roles_required(Role.ADMINISTRATOR)
def reset_password(user_id: int) -> ResponseReturnValue:
    """Give a person a new password; every session of theirs ends."""
    user = people.get_user(user_id)
    try:
        people.set_password(user, request.form.get("password", ""))
    except InvalidInputError as error:
        return _person(user, {error.field: _sentence(error.field)}, 422)
    db.session.commit()
    flash(_("The new password holds; older sessions have ended."), "good")
    return redirect(url_for("people.show", user_id=user_id))


@bp.post("/accounts/<int:user_id>/<any(enable, disable):verb>")
@roles_required(Role.ADMINISTRATOR)
def switch(user_id: int, verb: str) -> ResponseReturnValue:
    """Let a person in or keep them out. Nobody locks themselves out."""
    if user_id == signed_in_user().id:
        raise ConflictError(_("You cannot switch off your own account."))
    people.set_enabled(people.get_user(user_id), enabled=verb == "enable")
    db.session.commit()
    return redirect(url_for("people.show", user_id=user_id))


@bp.get("/me")
@roles_required(*Role)
def me() -> ResponseReturnValue:
    """One's own account."""
    return render_template("accounts/me.html", user=signed_in_user(), role=ROLE_NAMES[signed_in_user().role], errors={})


@bp.post("/me/password")
@roles_required(*Role)
def change_password() -> ResponseReturnValue:
    """Change one's own password; other sessions end, this one goes on."""
    user, errors = people.get_user(signed_in_user().id), {}
    if not is_right_password(user.password_hash, request.form.get("current", "")):
        errors["current"] = _("This is not your present password.")
    elif request.form.get("password") != request.form.get("again"):
        errors["again"] = _("The two new passwords differ.")
    else:
        try:
            people.set_password(user, request.form.get("password", ""))
        except InvalidInputError as error:
            errors["password"] = _sentence(error.field)
    if errors:
        return render_template("accounts/me.html", user=user, role=ROLE_NAMES[user.role], errors=errors), 422
    db.session.commit()
    login_user(load_person(user.id))
    flash(_("Your new password holds from now on."), "good")
    return redirect(url_for("people.me"))


def _role(value: str) -> Role:
    try:
        return Role(value)
    except ValueError:
        raise InvalidInputError("role", f"{value!r} is not a role") from None


def _club_ids() -> list[int]:
    chosen = request.form.getlist("club")
    return [club_id for club_id in db.session.scalars(select(Club.id).order_by(Club.id)) if str(club_id) in chosen]


def _sentence(field: str) -> str:
    sentences = {
        "email": _("This is not an e-mail address."),
        "name": _("A name has at most 200 characters."),
        "password": _("A password has at least ten characters."),
        "club": _("Everybody but an administrator belongs to at least one club."),
        "role": _("Choose a role."),
        "extension": _("An operator needs the number of their phone, such as 101, and nobody else has it."),
        "club_name": _("A club needs a name, of at most 200 characters."),
        "slug": _("A short name is 2 to 39 small Latin letters, digits and hyphens."),
    }
    return str(sentences.get(field, _("This cannot be taken as it is.")))
