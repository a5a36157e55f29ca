"""The operator's desk: one page, its parts, and a small form for each thing an operator does.

Every form works without a script (it leads back to the desk); with one, the answer is the desk's parts as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import jsonify
from flask import redirect
from flask import request
from flask import url_for

from callcenter.desk import acting
from callcenter.desk import handing_views
from callcenter.desk import history
from callcenter.desk import interview_views
from callcenter.desk import limits
from callcenter.desk import noting
from callcenter.desk import outcome_views
from callcenter.desk import presence
from callcenter.desk import recording
from callcenter.desk import showing
from callcenter.desk import skipping
from callcenter.desk import wording
from callcenter.desk.replying import CALLERS
from callcenter.desk.replying import done
from callcenter.desk.replying import number
from callcenter.operators import queries as operators
from callcenter.permission import gate
from callcenter.permission import own_hours_form
from config import refusals
from config.accounts.access import Role
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import HamsedaError
from config.errors import InvalidInputError
from config.errors import NotAllowedError
from config.errors import NotFoundError
from config.refusals import wants_json
from surveys.interviews.errors import InvalidAnswerError

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("desk", __name__, url_prefix="/desk")
bp.register_blueprint(handing_views.bp)
bp.register_blueprint(interview_views.bp)
bp.register_blueprint(outcome_views.bp)
bp.register_blueprint(recording.bp)


@bp.get("")
@roles_required(*CALLERS)
def show() -> ResponseReturnValue:
    """The desk. A supervisor's is made when they take somebody over; until then the floor is their place."""
    if signed_in_user().role is Role.SUPERVISOR and not operators.has_desk(signed_in_user().id):
        return redirect(url_for("floor.show"))
    return showing.page(utcnow())


@bp.get("/parts")
@roles_required(*CALLERS)
def parts() -> ResponseReturnValue:
    """The desk's parts as they are now, but those that the page says it has."""
    return jsonify(showing.parts(utcnow()))


@bp.get("/history")
@roles_required(*CALLERS)
def look_back() -> ResponseReturnValue:
    """What was before with the member on the desk, as a piece of the desk."""
    return showing.history(history.of_entry(signed_in_user().id, request.args.get("entry_id", 0, type=int)))


@bp.get("/today")
@roles_required(*CALLERS)
def today() -> ResponseReturnValue:
    """The operator's own day, as a piece of the desk."""
    return showing.today(utcnow())


@bp.before_request
def see() -> None:
    """Whoever does something is here; the desk says so by itself every few seconds, so its answers need not."""
    is_said_by_desk = request.endpoint in interview_views.SAID_BY_DESK and wants_json()
    is_said = is_said_by_desk or request.endpoint in interview_views.SAID_BY_VIEW
    if request.method == "POST" and not is_said:
        presence.arrive(signed_in_user().id, now=utcnow())


@bp.post("/here")
@roles_required(*CALLERS)
def here() -> ResponseReturnValue:
    """The desk is open; the parts as they are now."""
    return done()


@bp.post("/ready")
@roles_required(*CALLERS)
def ready() -> ResponseReturnValue:
    """Take the next member."""
    acting.get_ready(signed_in_user().id, club_ids=current_club_ids(), now=utcnow())
    return done()


@bp.post("/skip")
@roles_required(Role.OPERATOR)
def skip() -> ResponseReturnValue:
    """Leave the member on the desk to somebody else, and take the next one."""
    skipping.skip(
        signed_in_user().id,
        entry_id=number("entry_id"),
        reason=request.form.get("reason", ""),
        note=request.form.get("note", ""),
        club_ids=current_club_ids(),
        now=utcnow(),
    )
    return done()


@bp.post("/undecided")
@roles_required(Role.OPERATOR)
def undecided() -> ResponseReturnValue:
    """The time to decide is over, as the desk counts it; it holds when ours says so too."""
    skipping.run_out(signed_in_user().id, now=utcnow())
    return done()


@bp.post("/pause")
@roles_required(*CALLERS)
def pause() -> ResponseReturnValue:
    """Stop for a while."""
    acting.pause(signed_in_user().id, reason=request.form.get("reason", ""), now=utcnow())
    return done()


@bp.post("/off")
@roles_required(*CALLERS)
def off() -> ResponseReturnValue:
    """Leave the queue."""
    acting.leave(signed_in_user().id, now=utcnow())
    return done()


@bp.post("/call")
@roles_required(*CALLERS)
def call() -> ResponseReturnValue:
    """Call the member on the desk; one who may not be dialled is let go."""
    operator_id, entry_id = signed_in_user().id, number("entry_id")
    try:
        acting.call(operator_id, entry_id=entry_id, is_wanted="outside_hours" in request.form, now=utcnow())
    except gate.REFUSED as error:
        db.session.rollback()
        acting.let_go(operator_id, entry_id=entry_id, error=error, now=utcnow())
        db.session.commit()
        raise
    return done()


@bp.post("/hang-up")
@roles_required(*CALLERS)
def hang_up() -> ResponseReturnValue:
    """End the call."""
    acting.hang_up(signed_in_user().id, call_id=number("call_id"), now=utcnow())
    return done()


@bp.post("/mute/<any(on, off):wish>")
@roles_required(*CALLERS)
def mute(wish: str) -> ResponseReturnValue:
    """Let the member hear the operator no more, or again."""
    acting.mute(signed_in_user().id, call_id=number("call_id"), is_wanted=wish == "on", now=utcnow())
    return done()


@bp.post("/hold/<any(on, off):wish>")
@roles_required(*CALLERS)
def hold(wish: str) -> ResponseReturnValue:
    """Let the member wait with music, or bring them back."""
    acting.hold(signed_in_user().id, call_id=number("call_id"), is_wanted=wish == "on", now=utcnow())
    return done()


@bp.post("/note")
@roles_required(*CALLERS)
def note() -> ResponseReturnValue:
    """Keep the note on the member's entry."""
    noting.write(signed_in_user().id, entry_id=number("entry_id"), text=request.form.get("note", ""))
    return done()


@bp.post("/hours")
@roles_required(*CALLERS)
def hours() -> ResponseReturnValue:
    """Keep when the member wants to be called."""
    zone, windows = own_hours_form.read(request.form)
    noting.write_hours(signed_in_user().id, entry_id=number("entry_id"), zone=zone, windows=windows, now=utcnow())
    return done()


@bp.errorhandler(HamsedaError)
def refuse(error: HamsedaError) -> ResponseReturnValue:
    """A refusal on the desk is said on the desk, which then shows how things stand."""
    db.session.rollback()
    field = error.field if isinstance(error, InvalidInputError) else None
    if request.method == "GET" or isinstance(error, NotFoundError | NotAllowedError):
        return refusals.answer(error.status, error.code, str(error), field)
    if isinstance(error, InvalidAnswerError):
        # Its field is a question's code, which may be any word.
        message = limits.refusal(error.question) or wording.refusal(error.code)
    else:
        message = wording.refusal(error.code, field)
    if wants_json():
        return jsonify(**showing.parts(utcnow()), error=error.code, message=message), error.status
    flash(message, "error")
    return redirect(url_for("desk.show"))
