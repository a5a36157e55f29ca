"""The offers' screen: what a completed survey is worth, and what of it runs."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from club.credit import offers
from club.credit.form import DEFAULT_BIRTHDAY_DAYS
from club.credit.form import OfferForm
from club.credit.scoring import holds_on
from club.credit.wording import reasons_text
from club.members import queries as members
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.calendar import local
from config.database import db
from config.database import utcnow
from config.languages import current_zone

bp = Blueprint("offers", __name__, url_prefix="/offers")
# The member's page shows why an amount is what it is.
bp.add_app_template_filter(reasons_text, "credit_reasons")
WRITERS = (Role.CLUB_STAFF, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WRITERS)
def index() -> ResponseReturnValue:
    """The club's offers, and the form of a new one."""
    return _page({})


def _page(errors: dict[str, str], status: int = 200) -> ResponseReturnValue:
    club_id, today = current_club_id(), local(utcnow(), current_zone()).date()
    lines = offers.all_offers(club_id)
    page = render_template(
        "offers/index.html",
        lines=lines,
        running_today={line.terms.id for line in lines if line.is_active and holds_on(line.terms, today)},
        today=today,
        tiers=members.tiers(club_id),
        form=request.form,
        errors=errors,
        default_days=DEFAULT_BIRTHDAY_DAYS,
    )
    return page, status


@bp.post("")
@roles_required(*WRITERS)
def create() -> ResponseReturnValue:
    """Make an offer; it runs at once, within its days."""
    club_id = current_club_id()
    form = OfferForm(request.form, [tier.id for tier in members.tiers(club_id)])
    new = form.read()
    if new is None:
        return _page(form.errors, 422)
    offers.create_offer(club_id, new)
    db.session.commit()
    flash(_("The offer %(name)s is there.", name=new.name), "good")
    return redirect(url_for("offers.index"))


@bp.post("/<int:offer_id>/stop")
@roles_required(*WRITERS)
def stop(offer_id: int) -> ResponseReturnValue:
    """Promise an offer no more."""
    offers.stop(current_club_id(), offer_id)
    db.session.commit()
    flash(_("The offer is stopped. What was promised before will still be paid."), "good")
    return redirect(url_for("offers.index"))


@bp.post("/<int:offer_id>/start")
@roles_required(*WRITERS)
def start(offer_id: int) -> ResponseReturnValue:
    """Let a stopped offer run again."""
    offers.start(current_club_id(), offer_id)
    db.session.commit()
    flash(_("The offer runs again."), "good")
    return redirect(url_for("offers.index"))
