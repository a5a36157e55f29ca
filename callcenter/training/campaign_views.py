"""The campaign's page of training: whether it asks for a certificate, and who has it."""

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
from callcenter.training import overview
from callcenter.training import requiring
from callcenter.training import wording
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.database import utcnow

bp = Blueprint("campaign_training", __name__, url_prefix="/campaigns/<int:campaign_id>/training")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """Whether a certificate is asked for, and the operators with and without one."""
    campaign = campaigns.find(current_club_id(), campaign_id)
    return render_template(
        "training/campaign.html",
        campaign=campaign,
        is_needed=requiring.is_needed(campaign_id),
        course=overview.course_of_version(campaign.club_id, campaign.version_id, now=utcnow()),
        standings=wording.STANDINGS,
    )


@bp.post("")
@roles_required(*WORKERS)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Ask for a certificate, or not."""
    try:
        requiring.keep(current_club_id(), campaign_id, is_wanted=request.form.get("is_needed") == "1")
        db.session.commit()
        flash(_("Saved. It holds from the next member on."), "good")
    except CampaignStateError as error:
        db.session.rollback()
        flash(str(campaign_words.REFUSALS[error.code]), "warn")
    return redirect(url_for("campaign_training.show", campaign_id=campaign_id))
