"""The campaign's page of skills: what its members need of the operator who calls them, and who refused."""

from __future__ import annotations

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.campaigns import queries as campaigns
from callcenter.campaigns.acting import done_or_refused
from callcenter.outcomes import converting
from callcenter.outcomes import rules
from callcenter.outcomes.wording import wait
from callcenter.skills import catalogue
from callcenter.skills import requiring
from callcenter.skills import staff
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required

bp = Blueprint("campaign_skills", __name__, url_prefix="/campaigns/<int:campaign_id>/skills")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """The skills that the campaign asks for, how many of the club's operators have each, and who refused."""
    club_id, skills = current_club_id(), catalogue.used()
    campaign = campaigns.find(club_id, campaign_id)
    having = staff.count_having(club_id, catalogue.skills())
    return render_template(
        "skills/campaign.html",
        campaign=campaign,
        skills=skills,
        needed=requiring.of_campaign(campaign_id),
        having=having,
        converter_count=having[catalogue.REFUSALS],
        wait=converting.wait_of(campaign_id),
        waits=[(minutes, wait(minutes)) for minutes in rules.REFUSAL_WAITS],
    )


@bp.post("")
@roles_required(*WORKERS)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Ask for what was chosen."""
    club_id, wanted = current_club_id(), set(request.form.getlist("skill"))
    return done_or_refused(
        "campaign_skills.show",
        campaign_id,
        lambda: requiring.keep(club_id, campaign_id, wanted),
        _("Saved. It holds for everybody who still waits."),
    )


@bp.post("/refusals")
@roles_required(*WORKERS)
def keep_refusals(campaign_id: int) -> ResponseReturnValue:
    """Ask once more who refused, or not."""
    club_id, minutes = current_club_id(), request.form.get("wait", type=int)
    return done_or_refused(
        "campaign_skills.show",
        campaign_id,
        lambda: converting.keep(club_id, campaign_id, wait_minutes=minutes),
        _("Saved. It holds from the next refusal on."),
    )
