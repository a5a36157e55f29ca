"""The flagged interviews of a club: the list, the decision about one, and the thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask_babel import gettext as _

from callcenter.campaigns import queries as campaigns
from callcenter.integrity import queries
from callcenter.integrity import reviewing
from callcenter.integrity import showing
from callcenter.integrity import thresholds
from callcenter.integrity import wording
from callcenter.integrity.models import Verdict
from callcenter.integrity.queries import Filters
from callcenter.integrity.queries import Standing
from callcenter.integrity.scoring import FlagKind
from callcenter.integrity.scoring import Thresholds
from callcenter.operators import queries as operators
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.formats import number
from config.text import clean_text
from config.text import to_ascii_digits

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("integrity", __name__, url_prefix="/integrity")
REVIEWERS = (Role.SUPERVISOR, Role.MANAGER)
KEYS = ("standing", "kind", "operator", "campaign")
# What the address says for interviews of any standing; without a word, those to be looked at.
ANY = "all"


@bp.get("")
@roles_required(*REVIEWERS)
def index() -> ResponseReturnValue:
    """The flagged interviews; first those that wait for a decision."""
    club_id = current_club_id()
    kept = {key: request.args[key] for key in KEYS if request.args.get(key)}
    before = request.args.get("before", type=int)
    found = queries.page(club_id, _filters(kept), before=before)
    return render_template(
        "integrity/index.html",
        page=found,
        recordings={line.id: showing.recordings_of(line.entry_id) for line in found.lines},
        before=before,
        kept=kept,
        words=wording,
        campaigns=campaigns.names(club_id),
        operators=[(one.id, one.name) for one in operators.of_club(club_id)],
    )


@bp.post("/<int:response_id>")
@roles_required(*REVIEWERS)
def decide(response_id: int) -> ResponseReturnValue:
    """Accept or reject an interview; a further decision changes the one before."""
    form, club_id = request.form, current_club_id()
    try:
        verdict = Verdict(form.get("verdict", ""))
    except ValueError:
        raise InvalidInputError("verdict", "accepted or rejected") from None
    reviewing.decide(
        club_id,
        response_id,
        verdict=verdict,
        reason=clean_text(form.get("reason", "")),
        seen=form.get("seen", default=0, type=int),
        user_id=signed_in_user().id,
        now=utcnow(),
    )
    db.session.commit()
    rejected = _("The interview is rejected: it counts no more, and no credit is left of it.")
    accepted = _("The interview is accepted: it counts, and its credit is paid.")
    flash(rejected if verdict is Verdict.REJECTED else accepted, "good")
    return redirect(url_for("interviews.show", response_id=response_id))


@bp.get("/rules")
@roles_required(*REVIEWERS)
def rules() -> ResponseReturnValue:
    """From where on an interview is looked at."""
    return _rules_page({})


@bp.post("/rules")
@roles_required(Role.MANAGER)
def save_rules() -> ResponseReturnValue:
    """Keep the thresholds; they hold for the interviews that are completed from now on."""
    try:
        thresholds.save(current_club_id(), Thresholds(**{name: _number(name) for name in thresholds.NAMES}))
    except InvalidInputError as error:
        db.session.rollback()
        largest = number(thresholds.LARGEST[error.field])
        return _rules_page({error.field: _("A whole number from 0 to %(largest)s.", largest=largest)}), 422
    db.session.commit()
    flash(_("The rules hold from now on."), "good")
    return redirect(url_for("integrity.rules"))


def _rules_page(errors: dict[str, str]) -> str:
    limits = thresholds.of_club(current_club_id())
    values: dict[str, Any] = {name: request.form.get(name, getattr(limits, name)) for name in thresholds.NAMES}
    return render_template(
        "integrity/rules.html",
        values=values,
        groups=wording.FIELDS,
        errors=errors,
        may_write=signed_in_user().role is Role.MANAGER,
    )


def _number(name: str) -> int:
    typed = to_ascii_digits(request.form.get(name, "")).strip()
    if not (typed.isdecimal() and len(typed) <= len(str(max(thresholds.LARGEST.values())))):
        raise InvalidInputError(name, f"{typed[:40]!r} is not a whole number")
    return int(typed)


def _filters(kept: dict[str, str]) -> Filters:
    standing, kind = kept.get("standing", Standing.PENDING), kept.get("kind")
    return Filters(
        standing=None if standing == ANY else Standing(standing) if standing in set(Standing) else Standing.PENDING,
        kind=FlagKind(kind) if kind in set(FlagKind) else None,
        operator_id=request.args.get("operator", type=int),
        campaign_id=request.args.get("campaign", type=int),
    )
