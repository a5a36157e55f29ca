"""What supervisors and managers do about recordings."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.campaigns import queries as campaign_lines
from callcenter.recordings import campaigns
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow

bp = Blueprint("recordings", __name__, url_prefix="/recordings")


@bp.post("/campaigns/<int:campaign_id>")
@roles_required(Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
def switch(campaign_id: int) -> ResponseReturnValue:
    """Record the calls of a campaign, or no more."""
    club_id, is_on = current_club_id(), request.form.get("is_on") == "1"
    campaign_lines.get(club_id, campaign_id)
    campaigns.switch(club_id, campaign_id, is_on=is_on, user_id=signed_in_user().id, now=utcnow())
    db.session.commit()
    said = _("From now on the calls of members who agree are recorded.") if is_on else _("No further call is recorded.")
    flash(said, "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))
