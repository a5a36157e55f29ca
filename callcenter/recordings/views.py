"""The recordings of a club: the list, one to be played, and how long they are kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import send_file
from flask import url_for
from flask_babel import gettext as _

from callcenter.campaigns import queries as campaign_lines
from callcenter.operators import queries as operators
from callcenter.outcomes.wording import outcome
from callcenter.recordings import campaigns
from callcenter.recordings import deleting
from callcenter.recordings import listing
from callcenter.recordings import playing
from callcenter.recordings import wording
from callcenter.recordings.errors import NoSoundError
from callcenter.recordings.listing import Filters
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.models import RecordingState
from callcenter.recordings.places import folder
from callcenter.recordings.places import path_of
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.calendar import parse_date
from config.database import begin_writing
from config.database import db
from config.database import restore_mode
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import current_zone
from config.text import to_ascii_digits
from surveys.interviews import queries as interviews

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("recordings", __name__, url_prefix="/recordings")
# Who may hear what members said; an administrator runs the house and needs no voices for it.
LISTENERS = (Role.SUPERVISOR, Role.MANAGER)
KEYS = ("campaign", "operator", "state", "first_day", "last_day")


@bp.get("")
@roles_required(*LISTENERS)
def index() -> ResponseReturnValue:
    """The recordings, narrowed to what the address says."""
    return _list({})


@bp.get("/<int:recording_id>")
@roles_required(*LISTENERS)
def show(recording_id: int) -> ResponseReturnValue:
    """One recording, to be played."""
    one = listing.details(current_club_id(), recording_id)
    return render_template(
        "recordings/show.html",
        one=one,
        response=interviews.of_entry(current_club_id(), one.line.entry_id),
        words=wording,
        outcome=outcome,
        keep_days=campaigns.keep_days(current_club_id()),
    )


@bp.get("/<int:recording_id>/sound.wav")
@roles_required(*LISTENERS)
def sound(recording_id: int) -> ResponseReturnValue:
    """The file, or the part of it that the browser asks for. That it was played is written down first."""
    line = listing.details(current_club_id(), recording_id).line
    path = path_of(folder(), line.name)
    if line.state is not RecordingState.KEPT or not path.exists():
        raise NoSoundError(f"Recording {recording_id} is {line.state}, and there is no file to play.")
    _note_play(recording_id, signed_in_user().id)
    answer = send_file(path, mimetype="audio/wav", conditional=True, max_age=0)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@bp.post("/<int:recording_id>/delete")
@roles_required(Role.MANAGER)
def delete(recording_id: int) -> ResponseReturnValue:
    """Throw one recording away before its time."""
    listing.details(current_club_id(), recording_id)
    user_id = signed_in_user().id
    deleting.delete(recording_id, folder(), reason=DeletionReason.BY_HAND, now=utcnow(), user_id=user_id)
    db.session.commit()
    flash(_("The recording is deleted. That there was one, and who deleted it, stays written down."), "good")
    return redirect(url_for("recordings.show", recording_id=recording_id))


@bp.post("/keep")
@roles_required(Role.MANAGER)
def keep() -> ResponseReturnValue:
    """How many days the club keeps its recordings."""
    typed = to_ascii_digits(request.form.get("keep_days", "")).strip()
    try:
        campaigns.keep_for(current_club_id(), int(typed) if typed.isdecimal() and len(typed) <= len("3650") else 0)
    except InvalidInputError as error:
        return _list({error.field: str(wording.SENTENCES[error.field])}), 422
    db.session.commit()
    flash(_("Saved. Within the hour, what is older is deleted."), "good")
    return redirect(url_for("recordings.index"))


@bp.post("/campaigns/<int:campaign_id>")
@roles_required(Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
def switch(campaign_id: int) -> ResponseReturnValue:
    """Record the calls of a campaign, or no more."""
    club_id, is_on = current_club_id(), request.form.get("is_on") == "1"
    campaign_lines.find(club_id, campaign_id)
    campaigns.switch(club_id, campaign_id, is_on=is_on, user_id=signed_in_user().id, now=utcnow())
    db.session.commit()
    said = _("From now on the calls of members who agree are recorded.") if is_on else _("No further call is recorded.")
    flash(said, "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


def _list(errors: dict[str, str]) -> str:
    club_id = current_club_id()
    kept = {key: request.args[key] for key in KEYS if request.args.get(key)}
    filters = Filters(
        campaign_id=_id("campaign"),
        operator_id=_id("operator"),
        states=wording.GROUPS[kept["state"]][1] if kept.get("state") in wording.GROUPS else (),
        first_day=_day("first_day", errors),
        last_day=_day("last_day", errors),
    )
    before = _id("before")
    return render_template(
        "recordings/index.html",
        page=listing.page(club_id, filters, zone=current_zone(), before=before),
        before=before,
        kept=kept,
        errors=errors,
        words=wording,
        outcome=outcome,
        keep_days=request.form.get("keep_days") or campaigns.keep_days(club_id),
        campaigns=campaign_lines.names(club_id),
        operators=[(one.id, one.name) for one in operators.of_club(club_id)],
    )


def _id(name: str) -> int | None:
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len(str(2**62)) else None


def _day(name: str, errors: dict[str, str]) -> date | None:
    typed = request.args.get(name, "").strip()
    try:
        return parse_date(typed, name) if typed else None
    except InvalidInputError:
        errors[name] = str(wording.SENTENCES[name])
        return None


def _note_play(recording_id: int, user_id: int) -> None:
    """A page is only read as a rule, and this one is not: its transaction begins anew, as one that writes."""
    db.session.rollback()
    mode = begin_writing()
    try:
        playing.note(recording_id, user_id, now=utcnow())
        db.session.commit()
    finally:
        restore_mode(mode)
