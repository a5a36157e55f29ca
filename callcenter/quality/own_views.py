"""What operators read of the reviews of their own interviews, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint
from flask import render_template
from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.quality import reading
from callcenter.quality import reviewing
from callcenter.quality import wording
from config.accounts.access import Role
from config.accounts.access import current_club_ids
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.saving import saved

bp = Blueprint("own_reviews", __name__, url_prefix="/my-reviews")
# Whoever has a desk: a supervisor's own interviews are reviewed by somebody else.
CALLERS = (Role.OPERATOR, Role.SUPERVISOR)


@bp.get("")
@roles_required(*CALLERS)
def index() -> ResponseReturnValue:
    """The reviews of one's own interviews, the newest first."""
    page = reading.of_operator(current_club_ids(), signed_in_user().id, before=request.args.get("before", type=int))
    return render_template("quality/own.html", page=page, verdicts=wording.VERDICTS)


@bp.get("/<int:review_id>")
@roles_required(*CALLERS)
def show(review_id: int) -> ResponseReturnValue:
    """One review of an own interview, with room for the answer."""
    return _show(review_id, {})


@bp.post("/<int:review_id>")
@roles_required(*CALLERS)
def answer(review_id: int) -> ResponseReturnValue:
    """Answer a review, once."""
    reading.details(current_club_ids(), review_id, operator_id=signed_in_user().id)
    try:
        reviewing.answer(signed_in_user().id, review_id, request.form.get("answer", ""), now=utcnow())
    except InvalidInputError as error:
        db.session.rollback()
        return _show(review_id, {error.field: str(wording.FIELDS[error.field])}), 422
    return saved(_("Your answer stands under the review now."), "own_reviews.show", review_id=review_id)


def _show(review_id: int, errors: Mapping[str, str]) -> str:
    one = reading.details(current_club_ids(), review_id, operator_id=signed_in_user().id)
    return render_template("quality/review.html", one=one, words=wording, is_own=True, errors=errors, form=request.form)
