"""The outcome keys of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import jsonify
from flask import redirect
from flask import request
from flask import url_for

from callcenter.desk import callbacks
from callcenter.desk import outcomes
from callcenter.desk import queries
from callcenter.desk import showing
from callcenter.desk import wording
from callcenter.desk.errors import ClosedThenError
from callcenter.desk.menu import Outcome
from callcenter.desk.replying import CALLERS
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from callcenter.permission import member_hours
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.refusals import wants_json
from config.text import clean_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# A part of the desk's own blueprint: who is here and how a refusal is said is settled there.
bp = Blueprint("outcome", __name__, url_prefix="/outcome")
KINDS = ", ".join(outcome for outcome in Outcome if outcome is not Outcome.CALL_LATER)
LONGEST_NOTE = 1000
TIME_FIELDS = ("day", "date", "time", "until", "own")


@bp.post(f"/<any({KINDS}):kind>")
@roles_required(*CALLERS)
def give(kind: str) -> ResponseReturnValue:
    """Close the call with what came of it."""
    note = clean_text(request.form.get("note", ""))[:LONGEST_NOTE]
    outcomes.give(signed_in_user().id, call_id=number("call_id"), outcome=Outcome(kind), note=note, now=utcnow())
    return done()


@bp.get("/days")
@roles_required(*CALLERS)
def days() -> ResponseReturnValue:
    """When the member of a call can be called again: the days to choose from, as a piece of the desk."""
    line = queries.own_call(signed_in_user().id, request.args.get("call_id", 0, type=int))
    return showing.days(member_hours.with_campaign(line.campaign_id, line.member_id, now=utcnow()), utcnow())


@bp.post("/call_later")
@roles_required(*CALLERS)
def call_later() -> ResponseReturnValue:
    """Close the call with the time at which the member wants to be called, if it is in the campaign's hours."""
    call_id = number("call_id")
    try:
        _promise(call_id)
    except InvalidInputError as error:
        db.session.rollback()
        return _asked_again(error)
    return done()


def _promise(call_id: int) -> None:
    user_id, now, form = signed_in_user().id, utcnow(), request.form
    line = queries.own_call(user_id, call_id)
    hours = member_hours.with_campaign(line.campaign_id, line.member_id, now=now)
    day, date = form.get("day", ""), form.get("date", "")
    at = callbacks.moment(day, date, form.get("time", ""), zone=hours.zone, now=now)
    until = callbacks.window_end(day, date, form.get("until", ""), zone=hours.zone, start=at, now=now)
    callbacks.ensure_open(at, until, hours=hours)
    outcomes.promise(user_id, call_id=call_id, at=at, until=until, is_own="own" in form, now=now)


def _asked_again(error: InvalidInputError) -> ResponseReturnValue:
    """What was typed comes back, with the nearest time that is possible in its place when there is one."""
    closed = error if isinstance(error, ClosedThenError) else None
    message = wording.closed_then(closed) if closed else wording.refusal(error.code, error.field)
    if not wants_json():
        flash(message, "error")
        return redirect(url_for("desk.show"))
    typed = {name: request.form.get(name, "") for name in TIME_FIELDS}
    offer = {**typed, **(showing.offer(closed) if closed else {})}
    return jsonify(**showing.parts(utcnow()), error=error.code, message=message, offer=offer), error.status
