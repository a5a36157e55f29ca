"""The campaign's page of dialling: who begins a call, and how long looking and wrapping up may take."""

from __future__ import annotations

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.campaigns import modes
from callcenter.campaigns import queries
from callcenter.campaigns import wording
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import DiallingMode
from callcenter.campaigns.modes import Dialling
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.database import db
from config.errors import InvalidInputError
from config.text import to_ascii_digits

bp = Blueprint("dialling", __name__, url_prefix="/campaigns/<int:campaign_id>/dialling")
WORKERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)


@bp.get("")
@roles_required(*WORKERS)
def show(campaign_id: int) -> ResponseReturnValue:
    """How the campaign dials."""
    return _page(campaign_id, {})


@bp.post("")
@roles_required(*WORKERS)
def keep(campaign_id: int) -> ResponseReturnValue:
    """Dial so from the next member on."""
    try:
        modes.keep(current_club_id(), campaign_id, _read())
        db.session.commit()
        flash(_("Saved. It holds from the next member on."), "good")
    except InvalidInputError as error:
        db.session.rollback()
        return _page(campaign_id, {error.field: str(wording.DIALLING_FIELDS[error.field])}), 422
    except CampaignStateError as error:
        db.session.rollback()
        flash(str(wording.REFUSALS[error.code]), "warn")
    return redirect(url_for("dialling.show", campaign_id=campaign_id))


def _read() -> Dialling:
    mode = request.form.get("mode", "")
    if mode not in set(DiallingMode):
        raise InvalidInputError("mode", f"{mode[:40]!r} is no way to dial")
    return Dialling(DiallingMode(mode), _seconds("decide_seconds"), _seconds("wrap_up_seconds"))


def _seconds(field: str) -> int | None:
    typed = to_ascii_digits(request.form.get(field, "")).strip()
    if typed and not (typed.isdecimal() and len(typed) <= len("600")):
        raise InvalidInputError(field, f"{typed[:20]!r} is no number of seconds")
    return int(typed) if typed else None


def _page(campaign_id: int, errors: dict[str, str]) -> str:
    campaign = queries.find(current_club_id(), campaign_id)
    return render_template(
        "campaigns/dialling.html", campaign=campaign, modes=wording.MODES, errors=errors, form=request.form
    )
