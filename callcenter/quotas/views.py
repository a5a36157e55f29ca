"""The quotas of a campaign: how full each cell is, its target, new cells."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from functools import partial

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.campaigns import jobs
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns import wording as campaign_words
from callcenter.campaigns.acting import done_or_refused
from callcenter.queue.models import CellKind
from callcenter.quotas import form
from callcenter.quotas import making
from callcenter.quotas import queries
from callcenter.quotas import questions
from callcenter.quotas import wording
from club.members import facets
from club.members import queries as members
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.errors import InvalidInputError
from config.jobs import runs
from config.jobs.models import JobState
from config.languages import current_language

bp = Blueprint("quotas", __name__, url_prefix="/campaigns/<int:campaign_id>/quotas")
GOING_ON = frozenset({JobState.WAITING, JobState.RUNNING})
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """How full the cells are."""
    return _page(campaign_id, {})


@bp.post("")
@roles_required(*WORKERS)
def add(campaign_id: int) -> ResponseReturnValue:
    """Make cells by crossing what was chosen."""

    def act() -> None:
        making.add(
            current_club_id(),
            campaign_id,
            form.axes(request.form),
            target=form.target(request.form),
            user_id=signed_in_user().id,
        )

    return _done(campaign_id, act, _("The cells are made, and the members are being sorted into them."))


@bp.post("/answers")
@roles_required(*WORKERS)
def add_for_answers(campaign_id: int) -> ResponseReturnValue:
    """Make cells by crossing answers."""
    club_id = current_club_id()

    def act() -> None:
        asked = questions.of_version(club_id, campaigns.find(club_id, campaign_id).version_id)
        making.add_for_answers(
            club_id, campaign_id, form.answers(request.form, asked), target=form.target(request.form)
        )

    return _done(campaign_id, act, _("The cells are made."))


@bp.post("/targets")
@roles_required(*WORKERS)
def keep_targets(campaign_id: int) -> ResponseReturnValue:
    """Keep the targets of the table."""

    def act() -> None:
        making.set_targets(current_club_id(), campaign_id, form.targets(request.form))

    return _done(campaign_id, act, _("The targets are saved and hold from now on."))


@bp.post("/others/<any(called, out):wish>")
@roles_required(*WORKERS)
def treat_others(campaign_id: int, wish: str) -> ResponseReturnValue:
    """Call the members of no cell, or leave them out."""
    act = partial(
        making.call_others, current_club_id(), campaign_id, is_wanted=wish == "called", user_id=signed_in_user().id
    )
    return _done(campaign_id, act, _("Saved. The members are being drawn again."))


@bp.post("/<int:cell_id>/remove")
@roles_required(*WORKERS)
def remove(campaign_id: int, cell_id: int) -> ResponseReturnValue:
    """Take a cell away."""
    act = partial(making.remove, current_club_id(), campaign_id, cell_id, user_id=signed_in_user().id)
    return _done(campaign_id, act, _("The cell is removed, and the members are being drawn again."))


def _done(campaign_id: int, do: Callable[[], None], said: str) -> ResponseReturnValue:
    try:
        return done_or_refused("quotas.show", campaign_id, do, said)
    except InvalidInputError as error:
        db.session.rollback()
        return _page(campaign_id, {error.field: wording.error(error.field)}), 422


def _page(campaign_id: int, errors: Mapping[str, str]) -> str:
    club_id = current_club_id()
    campaign = campaigns.find(club_id, campaign_id)
    lines, answer_lines = (queries.of_campaign(campaign_id, kind) for kind in CellKind)
    asked = questions.of_version(club_id, campaign.version_id)
    run = jobs.last_run(campaign_id)
    branches, tiers = members.branches(club_id), members.tiers(club_id)
    return render_template(
        "quotas/show.html",
        campaign=campaign,
        states=campaign_words.STATES,
        lines=lines,
        answer_lines=answer_lines,
        fill=queries.fill(lines),
        asked=asked,
        said_of=partial(wording.answers, asked=asked, language=current_language()),
        words=wording,
        name_of=partial(wording.name, branches=branches, tiers=tiers),
        branches=branches,
        tiers=tiers,
        cities=facets.cities(club_id),
        genders=wording.GENDERS,
        run=run if run is not None and run.state in GOING_ON else None,
        progress=runs.progress_of(run.id) if run is not None else None,
        form=request.form,
        errors=errors,
    )
