"""The recording on the desk: the member's word on it, and its pause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import request

from callcenter.desk import queries
from callcenter.desk.errors import NotNowError
from callcenter.desk.replying import CALLERS
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from callcenter.recordings import asking
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import utcnow
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# A part of the desk's own blueprint: who is here and how a refusal is said is settled there.
bp = Blueprint("recording", __name__, url_prefix="/recording")
ANSWERS = {"yes": True, "no": False}


@bp.post("/consent")
@roles_required(*CALLERS)
def consent() -> ResponseReturnValue:
    """Keep whether the member agrees to be recorded; `value` is yes or no."""
    answer = ANSWERS.get(request.form.get("value", ""))
    if answer is None:
        raise InvalidInputError("value", "is neither yes nor no")
    call = queries.own_call(signed_in_user().id, number("call_id"))
    if not call.owes_outcome:
        raise NotNowError(f"Nobody talks in call {call.id}.")
    asking.say(call.id, is_given=answer, now=utcnow())
    return done()


@bp.post("/<any(pause, resume):wish>")
@roles_required(*CALLERS)
def pause(wish: str) -> ResponseReturnValue:
    """Record nothing for a while, or go on."""
    call = queries.own_call(signed_in_user().id, number("call_id"))
    if call.is_live:
        asking.pause(call.id, is_wanted=wish == "pause")
    return done()
