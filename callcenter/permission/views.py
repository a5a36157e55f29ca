"""Who is left out of a campaign: the list, one more, one taken back."""

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
from callcenter.permission import barring
from callcenter.permission import exclusions
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.text import clean_text

bp = Blueprint("permission", __name__)
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
MEMBERS_WRITERS = (Role.CLUB_STAFF, Role.ADMINISTRATOR)


@bp.get("/campaigns/<int:campaign_id>/left-out")
@roles_required(*WORKERS)
def left_out(campaign_id: int) -> ResponseReturnValue:
    """Who is left out of a campaign, and who was taken back."""
    return _left_out_page(campaign_id)


@bp.post("/campaigns/<int:campaign_id>/left-out")
@roles_required(*MEMBERS_WRITERS)
def leave_out(campaign_id: int) -> ResponseReturnValue:
    """Keep a member out of a campaign, from the member's page."""
    member_id = request.form.get("member_id", 0, type=int)
    try:
        barring.leave_out(
            current_club_id(), campaign_id, member_id, reason=_reason(), user_id=signed_in_user().id, now=utcnow()
        )
        db.session.commit()
        flash(_("The member is not called for this campaign."), "good")
    except InvalidInputError:
        db.session.rollback()
        flash(_("Write why the member is left out; it is kept."), "error")
    return redirect(f"/members/{member_id}")


@bp.post("/campaigns/<int:campaign_id>/left-out/<int:exclusion_id>/lift")
@roles_required(*WORKERS)
def take_back(campaign_id: int, exclusion_id: int) -> ResponseReturnValue:
    """Let a member be called for the campaign again."""
    club_id, user_id = current_club_id(), signed_in_user().id
    try:
        barring.take_back(club_id, campaign_id, exclusion_id, reason=_reason(), user_id=user_id, now=utcnow())
    except InvalidInputError:
        return _left_out_page(campaign_id, wrong=exclusion_id), 422
    db.session.commit()
    flash(_("The member may be called for this campaign again."), "good")
    return redirect(url_for("permission.left_out", campaign_id=campaign_id))


def _left_out_page(campaign_id: int, wrong: int | None = None) -> str:
    club_id = current_club_id()
    return render_template(
        "permission/left_out.html",
        campaign=campaigns.find(club_id, campaign_id),
        lines=exclusions.of_campaign(club_id, campaign_id),
        may_open_members=signed_in_user().role is not Role.SUPERVISOR,
        wrong=wrong,
    )


def _reason() -> str:
    return clean_text(request.form.get("reason", ""))
