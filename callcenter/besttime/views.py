"""The campaign's page of the best time: how likely members answer at each part of the day, and the switch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask_babel import gettext as _

from callcenter.besttime import history
from callcenter.besttime import ranking
from callcenter.besttime import switching
from callcenter.besttime import wording
from callcenter.besttime.estimating import FIRST
from callcenter.campaigns import queries as campaigns
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.database import utcnow
from config.languages import current_zone

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("besttime", __name__, url_prefix="/campaigns/<int:campaign_id>/best-time")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """How likely the club's members answer, by the part of the day."""
    club_id, now = current_club_id(), utcnow()
    campaign = campaigns.find(club_id, campaign_id)
    clock = history.clock_of(club_id, current_zone(), now=now)
    return render_template(
        "besttime/show.html",
        campaign=campaign,
        counts=history.of_club(club_id, clock, now=now),
        present=clock.part(now),
        parts=wording.PARTS,
        first=FIRST,
        ahead_count=ranking.ahead_count(campaign_id),
    )


@bp.post("")
@roles_required(*WORKERS)
def switch(campaign_id: int) -> ResponseReturnValue:
    """Call by the best time, or not."""
    is_on = request.form.get("is_on") == "1"
    switching.switch(current_club_id(), campaign_id, is_on=is_on)
    db.session.commit()
    flash(
        _("Who is likely to answer goes first.")
        if is_on
        else _("Members are called in the order in which they are due."),
        "good",
    )
    return redirect(url_for("besttime.show", campaign_id=campaign_id))
