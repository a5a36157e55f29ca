"""The campaign's page of skills: what its members need of the operator who calls them."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.campaigns import queries as campaigns
from callcenter.campaigns import wording as campaign_words
from callcenter.campaigns.errors import CampaignStateError
from callcenter.operators import queries as operators
from callcenter.skills import catalogue
from callcenter.skills import giving
from callcenter.skills import requiring
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db

bp = Blueprint("campaign_skills", __name__, url_prefix="/campaigns/<int:campaign_id>/skills")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """The skills that the campaign asks for, and how many of the club's operators have each."""
    club_id = current_club_id()
    line = campaigns.get(club_id, campaign_id)
    had = giving.had_by([one.id for one in operators.of_club(club_id)])
    return render_template(
        "skills/campaign.html",
        campaign=line.campaign,
        skills=catalogue.used(),
        needed=requiring.of_campaign(campaign_id),
        having={skill.code: sum(skill.code in codes for codes in had.values()) for skill in catalogue.used()},
    )


@bp.post("")
@roles_required(*WORKERS)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Ask for what was chosen."""
    try:
        requiring.keep(current_club_id(), campaign_id, set(request.form.getlist("skill")))
        db.session.commit()
        flash(_("Saved. It holds for everybody who still waits."), "good")
    except CampaignStateError as error:
        db.session.rollback()
        flash(str(campaign_words.REFUSALS[error.code]), "warn")
    return redirect(url_for("campaign_skills.show", campaign_id=campaign_id))
