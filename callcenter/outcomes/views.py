"""The campaign's page about its outcomes: how long to wait after each, how often to try, what the operator is asked."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.calls.aapor import OUTCOMES
from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.acting import done_or_refused
from callcenter.outcomes import editing
from callcenter.outcomes import form
from callcenter.outcomes import rules
from callcenter.outcomes import wording
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import Rule
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required

bp = Blueprint("outcomes", __name__, url_prefix="/campaigns/<int:campaign_id>/outcomes")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """The rules of the campaign."""
    line = campaigns.get(current_club_id(), campaign_id)
    return render_template(
        "outcomes/show.html",
        campaign=line.campaign,
        counts=line.by_code,
        policy=policy_of(campaign_id),
        rules=rules,
        codes=OUTCOMES,
        words=wording,
        endless=form.ENDLESS,
    )


@bp.post("")
@roles_required(*WORKERS)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Keep what was chosen."""
    return _keep(campaign_id, form.read(request.form), _("Saved. The rules hold from the next call on."))


@bp.post("/defaults")
@roles_required(*WORKERS)
def restore(campaign_id: int) -> ResponseReturnValue:
    """Go back to the defaults."""
    return _keep(campaign_id, [], _("The defaults hold again, from the next call on."))


def _keep(campaign_id: int, chosen: list[Rule], done: str) -> ResponseReturnValue:
    return done_or_refused(
        "outcomes.show", campaign_id, lambda: editing.keep(current_club_id(), campaign_id, chosen), done
    )
