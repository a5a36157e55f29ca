"""The screen of a club's calling rules: how often a member is asked, and the days on which nobody is called."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from callcenter.permission import jobs
from callcenter.permission import rules
from callcenter.permission import wording
from callcenter.permission.rules import Rules
from config.accounts import people
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.calendar import local
from config.calendar import parse_date
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.formats import digits
from config.languages import current_zone
from config.text import clean_text
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.typing import ResponseReturnValue

bp = Blueprint("rules", __name__, url_prefix="/calling-rules")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
ZONE_KEEPERS = (Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show() -> ResponseReturnValue:
    """The rules of the club and its holidays to come."""
    return _page({})


@bp.post("")
@roles_required(*WORKERS)
def save() -> ResponseReturnValue:
    """Keep the rules."""
    try:
        rules.save(current_club_id(), _typed_rules())
    except InvalidInputError as error:
        return _refused(error)
    return _kept(_("The rules hold from now on."))


@bp.post("/time-zone")
@roles_required(*ZONE_KEEPERS)
def set_zone() -> ResponseReturnValue:
    """Take all hours and days of the club as those of another zone."""
    try:
        people.set_time_zone(current_club_id(), request.form.get("time_zone", "").strip())
    except InvalidInputError as error:
        return _refused(error)
    return _kept(_("The club's clocks are set. Members who wait are moved to its hours in a moment."))


@bp.post("/holidays")
@roles_required(*WORKERS)
def add_holiday() -> ResponseReturnValue:
    """Call nobody on one more day."""
    name = clean_text(request.form.get("name", ""))
    try:
        rules.add_holiday(current_club_id(), day=parse_date(request.form.get("day", ""), "day"), name=name)
    except InvalidInputError as error:
        return _refused(error)
    return _kept(_("Nobody is called on that day."))


@bp.post("/holidays/official")
@roles_required(*WORKERS)
def take_official() -> ResponseReturnValue:
    """Take over the official holidays of this year and the next."""
    count = rules.take_official_holidays(current_club_id(), today=_today())
    return _kept(digits(ngettext("%(num)s holiday was added.", "%(num)s holidays were added.", count)))


@bp.post("/holidays/<int:holiday_id>/remove")
@roles_required(*WORKERS)
def remove_holiday(holiday_id: int) -> ResponseReturnValue:
    """Let calls be made on that day again."""
    rules.remove_holiday(current_club_id(), holiday_id)
    return _kept(_("Calls may be made on that day."))


def _kept(message: str) -> ResponseReturnValue:
    jobs.retime_after_commit(current_club_id())
    db.session.commit()
    flash(message, "good")
    return redirect(url_for("rules.show"))


def _page(errors: Mapping[str, str]) -> str:
    club_id = current_club_id()
    return render_template(
        "permission/rules.html",
        rules=rules.of_club(club_id),
        holidays=rules.holidays(club_id, since=_today()),
        weekdays=wording.WEEKDAYS,
        zone=current_zone(),
        now=utcnow(),
        may_set_zone=signed_in_user().role in ZONE_KEEPERS,
        form=request.form,
        errors=errors,
    )


def _refused(error: InvalidInputError) -> ResponseReturnValue:
    db.session.rollback()
    return _page({error.field: str(wording.FIELDS[error.field])}), 422


def _typed_rules() -> Rules:
    weekdays = frozenset(_number("rest_weekdays", text) for text in request.form.getlist("rest_weekdays"))
    form = request.form
    return Rules(
        interview_days=_number("interview_days", form.get("interview_days", "")),
        weekly_attempts=_number("weekly_attempts", form.get("weekly_attempts", "")),
        rest_weekdays=weekdays,
    )


def _number(field: str, text: str) -> int:
    typed = to_ascii_digits(text).strip()
    if not (typed.isdecimal() and len(typed) <= len("365")):
        raise InvalidInputError(field, f"{text[:40]!r} is not a whole number")
    return int(typed)


def _today() -> date:
    return local(utcnow(), current_zone()).date()
