"""The pages of training: the surveys and who is certified, one survey, and an operator's own."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.training import certifying
from callcenter.training import overview
from callcenter.training import requiring
from callcenter.training import rules
from callcenter.training import wording
from callcenter.training.rules import BOUNDS
from callcenter.training.rules import Rules
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.saving import saved
from config.text import to_ascii_digits

bp = Blueprint("training", __name__, url_prefix="/training")
TRAINERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(Role.OPERATOR, *TRAINERS)
def index() -> ResponseReturnValue:
    """Who is certified for what; for an operator, how they stand themselves."""
    if signed_in_user().role is not Role.OPERATOR:
        return _index({})
    courses = overview.own_courses(signed_in_user().id, current_club_ids(), now=utcnow())
    return render_template(
        "training/own.html",
        courses=courses,
        standings=wording.STANDINGS,
        kinds=wording.KINDS,
        personas=wording.PERSONAS,
        items=wording.ITEMS,
        marks=wording.MARKS,
    )


@bp.post("/rules")
@roles_required(Role.MANAGER, Role.ADMINISTRATOR)
def keep_rules() -> ResponseReturnValue:
    """How long a certificate holds, and how much may change before it is learnt anew."""
    club_id = current_club_id()
    try:
        rules.save(club_id, Rules(**{name: _number(name) for name in BOUNDS}))
    except InvalidInputError as error:
        db.session.rollback()
        return _index({error.field: str(wording.FIELDS[error.field])}), 422
    requiring.compute(club_id)
    db.session.commit()
    flash(_("Saved. Certificates from now on hold so long."), "good")
    return redirect(url_for("training.index"))


@bp.get("/surveys/<int:survey_id>")
@roles_required(*TRAINERS)
def course(survey_id: int) -> ResponseReturnValue:
    """One survey: its versions, and every operator."""
    return _course(survey_id, {})


@bp.post("/surveys/<int:survey_id>/certificates")
@roles_required(*TRAINERS)
def give(survey_id: int) -> ResponseReturnValue:
    """Certify operators who know the survey already."""
    club_id, chosen, note = current_club_id(), request.form.getlist("operator", type=int), request.form.get("note", "")
    return _done(
        survey_id,
        lambda: certifying.give(club_id, survey_id, chosen, note=note, given_by=signed_in_user().id, now=utcnow()),
        _("Certified. It holds from the next member on."),
    )


@bp.post("/surveys/<int:survey_id>/revoke")
@roles_required(*TRAINERS)
def revoke(survey_id: int) -> ResponseReturnValue:
    """Take a certificate back."""
    club_id, operator_id = current_club_id(), request.form.get("operator", 0, type=int)
    reason = request.form.get("reason", "")
    return _done(
        survey_id,
        lambda: certifying.revoke(
            club_id, survey_id, operator_id, reason=reason, revoked_by=signed_in_user().id, now=utcnow()
        ),
        _("The certificate is taken back. It holds from the next member on."),
    )


def _done(survey_id: int, act: Callable[[], None], sentence: str) -> ResponseReturnValue:
    try:
        act()
    except InvalidInputError as error:
        db.session.rollback()
        return _course(survey_id, {error.field: str(wording.FIELDS[error.field])}), 422
    return saved(sentence, "training.course", survey_id=survey_id)


def _course(survey_id: int, errors: Mapping[str, str]) -> str:
    now = utcnow()
    return render_template(
        "training/course.html",
        course=overview.course(current_club_id(), survey_id, now=now),
        standings=wording.STANDINGS,
        kinds=wording.KINDS,
        items=wording.ITEMS,
        marks=wording.MARKS,
        errors=errors,
        form=request.form,
    )


def _index(errors: Mapping[str, str]) -> str:
    return render_template(
        "training/index.html",
        courses=overview.courses(current_club_id(), now=utcnow()),
        rules=rules.of_club(current_club_id()),
        errors=errors,
        form=request.form,
    )


def _number(field: str) -> int:
    typed = to_ascii_digits(request.form.get(field, "")).strip()
    if not (typed.isdecimal() and len(typed) <= len("100")):
        raise InvalidInputError(field, f"{typed[:20]!r} is no number")
    return int(typed)
