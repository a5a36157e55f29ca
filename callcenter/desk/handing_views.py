"""The live call on the desk goes to a supervisor: offered, then handed over or taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from callcenter.desk.replying import CALLERS
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from callcenter.handover import asking
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import utcnow

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

# A part of the desk's own blueprint: who is here and how a refusal is said is settled there.
bp = Blueprint("handing", __name__, url_prefix="/hand-over")


@bp.post("")
@roles_required(*CALLERS)
def offer() -> ResponseReturnValue:
    """Put the member on hold and ring a supervisor's phone."""
    asking.offer(signed_in_user().id, call_id=number("call_id"), to_id=number("to_id"), now=utcnow())
    return done()


@bp.post("/now")
@roles_required(*CALLERS)
def confirm() -> ResponseReturnValue:
    """The two have talked: the supervisor has the member."""
    asking.confirm(signed_in_user().id, now=utcnow())
    return done()


@bp.post("/back")
@roles_required(*CALLERS)
def take_back() -> ResponseReturnValue:
    """Keep the member after all."""
    asking.take_back(signed_in_user().id, now=utcnow())
    return done()
