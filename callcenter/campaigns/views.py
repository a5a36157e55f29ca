"""The campaigns of a club: the list, a new one, one with what came of it, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from callcenter.campaigns import form
from callcenter.campaigns import queries
from callcenter.campaigns import requesting
from callcenter.campaigns import running
from callcenter.campaigns import wording
from callcenter.campaigns.acting import done_or_refused
from callcenter.campaigns.form import InvalidPlanError
from callcenter.desk.wording import outcome
from callcenter.lines import queries as lines
from callcenter.outcomes.wording import wait
from callcenter.permission import saying
from callcenter.recordings.campaigns import is_recorded
from callcenter.training import overview
from callcenter.training import requiring
from club.members import queries as members
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import current_language
from config.text import clean_text
from surveys.questionnaires import library
from surveys.questionnaires import queries as surveys
from surveys.questionnaires.publishing import publish_ready

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def index() -> ResponseReturnValue:
    """All campaigns of the club."""
    return render_template(
        "campaigns/index.html",
        lines=queries.of_club(current_club_id()),
        states=wording.STATES,
        has_survey=bool(surveys.published(current_club_id())),
        ready_surveys=library.titles(current_language()),
    )


@bp.get("/new")
@roles_required(*WORKERS)
def new() -> ResponseReturnValue:
    """The form of a new campaign."""
    return _form(MultiDict(form.START), {})


@bp.post("")
@roles_required(*WORKERS)
def create() -> ResponseReturnValue:
    """Make a draft and begin to draw its members."""
    try:
        campaign_id = running.create(current_club_id(), form.read(request.form), now=utcnow())
    except InvalidPlanError as error:
        return _form(request.form, {name: str(form.SENTENCES[name]) for name in error.fields}), 422
    except InvalidInputError as error:
        return _form(request.form, {error.field: str(form.SENTENCES[error.field])}), 422
    requesting.request_build(current_club_id(), campaign_id, user_id=signed_in_user().id)
    db.session.commit()
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.get("/<int:campaign_id>")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """One campaign."""
    return _page(campaign_id, {})


@bp.post("/<int:campaign_id>/<any(build, start, pause):wish>")
@roles_required(*WORKERS)
def move(campaign_id: int, wish: str) -> ResponseReturnValue:
    """Draw members, start, pause."""
    club_id = current_club_id()
    acts: Mapping[str, Callable[[], object]] = {
        "build": lambda: requesting.request_build(club_id, campaign_id, user_id=signed_in_user().id),
        "start": lambda: running.start(club_id, campaign_id),
        "pause": lambda: running.pause(club_id, campaign_id),
    }
    return done_or_refused("campaigns.show", campaign_id, acts[wish], str(wording.DONE[wish]))


@bp.post("/<int:campaign_id>/close")
@roles_required(*WORKERS)
def close(campaign_id: int) -> ResponseReturnValue:
    """End a campaign for good, once its name was typed."""
    campaign = queries.find(current_club_id(), campaign_id)
    if clean_text(request.form.get("name", "")) != campaign.name:
        return _page(campaign_id, {"name": _("This is not the name of the campaign; nothing was closed.")}), 422
    return done_or_refused(
        "campaigns.show",
        campaign_id,
        lambda: running.close(current_club_id(), campaign_id, now=utcnow()),
        str(wording.DONE["close"]),
    )


@bp.post("/ready-survey")
@roles_required(*WORKERS)
def publish_ready_survey() -> ResponseReturnValue:
    """Publish one of the ready-made surveys, for a club that has none."""
    if not surveys.published(current_club_id()):
        publish_ready(current_club_id(), request.form.get("survey", ""), now=utcnow())
        db.session.commit()
    return redirect(url_for("campaigns.new"))


def _page(campaign_id: int, errors: Mapping[str, str]) -> str:
    club_id, now = current_club_id(), utcnow()
    line = queries.get(club_id, campaign_id)
    return render_template(
        "campaigns/show.html",
        line=line,
        details=queries.details(club_id, line.campaign, now=now),
        now=now,
        saying=saying,
        wait=wait,
        states=wording.STATES,
        modes=wording.MODES,
        reasons=wording.LEFT_OUT,
        outcome=outcome,
        is_recorded=is_recorded(campaign_id),
        training=overview.course_of_version(club_id, line.campaign.version_id, now=now),
        is_certificate_needed=requiring.is_needed(campaign_id),
        telephone_line=lines.of_campaign(club_id, line.campaign.line),
        errors=errors,
    )


def _form(values: MultiDict[str, str], errors: Mapping[str, str]) -> str:
    club_id = current_club_id()
    return render_template(
        "campaigns/new.html",
        form=values,
        errors=errors,
        surveys=surveys.published(club_id),
        ready_surveys=library.titles(current_language()),
        branches=members.branches(club_id),
        tiers=members.tiers(club_id),
    )
