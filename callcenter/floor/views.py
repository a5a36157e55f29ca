"""The supervisor's pages: the floor, one operator, and the part of each that changes."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue

from callcenter.floor import ordering
from callcenter.floor import queries
from callcenter.floor import wording
from callcenter.floor.errors import NotAtWorkError
from callcenter.handover import queries as handovers
from callcenter.listening import queries as listening
from callcenter.operators import pauses
from callcenter.permission import saying
from callcenter.skips.wording import REASONS as SKIP_REASONS
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.calendar import midnight
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import current_language
from config.languages import current_zone

bp = Blueprint("floor", __name__, url_prefix="/floor")
WATCHERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WATCHERS)
def show() -> ResponseReturnValue:
    """The floor of the club."""
    return _floor("floor/floor.html")


@bp.get("/parts")
@roles_required(*WATCHERS)
def parts() -> ResponseReturnValue:
    """What changes on the page, for its script."""
    return _floor("floor/_live.html")


@bp.get("/left")
@roles_required(*WATCHERS)
def left() -> ResponseReturnValue:
    """Who is still to be called and why not now. Counting a large queue takes longer than news may: it is apart."""
    now = utcnow()
    return render_template("floor/_left.html", left=queries.left(current_club_id(), now=now), now=now, saying=saying)


@bp.get("/operators/<int:operator_id>")
@roles_required(*WATCHERS)
def operator(operator_id: int) -> ResponseReturnValue:
    """One operator: the day, and what the supervisor can make them do."""
    return _operator("floor/operator.html", operator_id)


@bp.get("/operators/<int:operator_id>/parts")
@roles_required(*WATCHERS)
def operator_parts(operator_id: int) -> ResponseReturnValue:
    """What changes on the operator's page, for its script."""
    return _operator("floor/_operator.html", operator_id)


@bp.post("/operators/<int:operator_id>/pause")
@roles_required(*WATCHERS)
def pause(operator_id: int) -> ResponseReturnValue:
    """Make the operator pause."""
    reason, given_by = request.form.get("reason", ""), signed_in_user().id
    club_id, now = current_club_id(), utcnow()
    return _give(operator_id, lambda: ordering.pause(club_id, operator_id, reason=reason, given_by=given_by, now=now))


@bp.post("/operators/<int:operator_id>/sign-off")
@roles_required(*WATCHERS)
def sign_off(operator_id: int) -> ResponseReturnValue:
    """Make the operator leave the queue."""
    club_id, given_by, now = current_club_id(), signed_in_user().id, utcnow()
    return _give(operator_id, lambda: ordering.sign_off(club_id, operator_id, given_by=given_by, now=now))


def _give(operator_id: int, order: Callable[[], bool]) -> ResponseReturnValue:
    try:
        is_done = order()
        db.session.commit()
        flash(str(wording.DONE if is_done else wording.AFTER_THE_CALL), "good")
    except (NotAtWorkError, InvalidInputError) as error:
        db.session.rollback()
        flash(str(wording.REFUSALS[error.code]), "warn")
    return redirect(url_for("floor.operator", operator_id=operator_id))


def _floor(template: str) -> str:
    club_id, user, now = current_club_id(), signed_in_user(), utcnow()
    floor = queries.look(club_id, zone=current_zone(), now=now)
    # Who listened to whom is for supervisors alone.
    since = midnight(now, current_zone())
    board = listening.board(club_id, user.id, since=since) if user.role is Role.SUPERVISOR else None
    handed = handovers.of_day(club_id, since=since)
    mine = handovers.own(user.id) if user.role is Role.SUPERVISOR else None
    return render_template(template, floor=floor, board=board, handed=handed, mine=mine, **_words())


def _operator(template: str, operator_id: int) -> str:
    day = queries.day(current_club_id(), operator_id, zone=current_zone(), now=utcnow())
    return render_template(template, day=day, offered=[one for one in pauses.reasons() if one.is_offered], **_words())


def _words() -> dict[str, object]:
    language = current_language()
    return {
        "states": wording.STATES,
        "reasons": wording.REASONS,
        "pauses": {reason.code: reason.name(language) for reason in pauses.reasons()},
        "calls": wording.CALLS,
        "skip_reasons": SKIP_REASONS,
        "lines": wording.LINES,
        "orders": wording.ORDERS,
        "manners": wording.MANNERS,
        "listening_failures": wording.LISTENING_FAILURES,
    }
