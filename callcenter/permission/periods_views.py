"""The screen of the days on which a club calls at other hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from callcenter.campaigns.hours import Period
from callcenter.permission import jobs
from callcenter.permission import periods
from callcenter.permission import wording
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.calendar import local
from config.calendar import parse_date
from config.calendar import parse_time
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.formats import digits
from config.languages import current_zone
from config.text import clean_text

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

bp = Blueprint("periods", __name__, url_prefix="/calling-rules/hours")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show() -> ResponseReturnValue:
    """The periods that are not over."""
    return _page()


@bp.post("")
@roles_required(*WORKERS)
def add() -> ResponseReturnValue:
    """Call at other hours on some days."""
    try:
        periods.add(current_club_id(), _typed(), name=clean_text(request.form.get("name", "")))
    except InvalidInputError as error:
        return _page(error), 422
    return _kept(_("On those days calls are made at these hours."))


@bp.post("/ramadan")
@roles_required(*WORKERS)
def take_ramadan() -> ResponseReturnValue:
    """Take over this Ramadan and the next, with hours to be changed."""
    count = periods.take_ramadan(current_club_id(), today=_today())
    return _kept(digits(ngettext("%(num)s Ramadan was added.", "%(num)s Ramadans were added.", count)))


@bp.post("/<int:period_id>")
@roles_required(*WORKERS)
def change(period_id: int) -> ResponseReturnValue:
    """Give a period other days or hours."""
    try:
        periods.change(current_club_id(), period_id, _typed())
    except InvalidInputError as error:
        return _page(error, period_id), 422
    return _kept(_("On those days calls are made at these hours."))


@bp.post("/<int:period_id>/remove")
@roles_required(*WORKERS)
def remove(period_id: int) -> ResponseReturnValue:
    """Call at the campaigns' own hours again."""
    periods.remove(current_club_id(), period_id)
    return _kept(_("On those days calls are made at the campaigns' own hours again."))


def _kept(message: str) -> ResponseReturnValue:
    jobs.retime_after_commit(current_club_id())
    db.session.commit()
    flash(message, "good")
    return redirect(url_for("periods.show"))


def _page(error: InvalidInputError | None = None, period_id: int | None = None) -> str:
    db.session.rollback()
    return render_template(
        "permission/periods.html",
        lines=periods.of_club(current_club_id(), since=_today()),
        form=request.form,
        wrong_id=period_id,
        errors={} if error is None else {error.field: str(wording.FIELDS[error.field])},
    )


def _typed() -> Period:
    form = request.form
    return Period(
        starts_on=parse_date(form.get("starts_on", ""), "starts_on"),
        ends_on=parse_date(form.get("ends_on", ""), "ends_on"),
        opens_at=parse_time(form.get("opens_at", ""), "opens_at"),
        closes_at=parse_time(form.get("closes_at", ""), "closes_at"),
    )


def _today() -> date:
    return local(utcnow(), current_zone()).date()
