"""The outcome keys of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import request

from callcenter.desk import callbacks
from callcenter.desk import outcomes
from callcenter.desk import queries
from callcenter.desk.menu import Outcome
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from config.accounts.access import Role
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import utcnow
from config.text import clean_text

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# A part of the desk's own blueprint: who is here and how a refusal is said is settled there.
bp = Blueprint("outcome", __name__, url_prefix="/outcome")
KINDS = ", ".join(outcome for outcome in Outcome if outcome is not Outcome.CALL_LATER)
LONGEST_NOTE = 1000


@bp.post(f"/<any({KINDS}):kind>")
@roles_required(Role.OPERATOR)
def give(kind: str) -> ResponseReturnValue:
    """Close the call with what came of it."""
    note = clean_text(request.form.get("note", ""))[:LONGEST_NOTE]
    outcomes.give(signed_in_user().id, call_id=number("call_id"), outcome=Outcome(kind), note=note, now=utcnow())
    return done()


@bp.post("/call_later")
@roles_required(Role.OPERATOR)
def call_later() -> ResponseReturnValue:
    """Close the call with the time at which the member wants to be called."""
    user_id, call_id, now = signed_in_user().id, number("call_id"), utcnow()
    zone = queries.campaign(queries.own_call(user_id, call_id).campaign_id).zone
    form = request.form
    at = callbacks.moment(form.get("day", ""), form.get("date", ""), form.get("time", ""), zone=zone, now=now)
    until = callbacks.window_end(
        form.get("day", ""), form.get("date", ""), form.get("until", ""), zone=zone, start=at, now=now
    )
    outcomes.promise(user_id, call_id=call_id, at=at, until=until, is_own="own" in form, now=now)
    return done()
