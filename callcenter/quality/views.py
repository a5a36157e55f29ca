"""The pages of reviews: what waits, one interview to be reviewed, the reviews, and the figures."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from callcenter.operators import queries as operators
from callcenter.quality import agreement
from callcenter.quality import figures
from callcenter.quality import forms
from callcenter.quality import reading
from callcenter.quality import reviewing
from callcenter.quality import rules
from callcenter.quality import scoring
from callcenter.quality import sealing
from callcenter.quality import wording
from callcenter.quality.reading import ReviewLine
from callcenter.quality.rules import BOUNDS
from callcenter.quality.rules import Rules
from callcenter.recordings import listing as recordings
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.languages import current_language
from config.paging import Page
from config.saving import saved
from config.text import to_ascii_digits
from surveys.interviews import looking_back

bp = Blueprint("quality", __name__, url_prefix="/reviews")
# Who may hear what members said reviews it; an administrator sees what came of it.
REVIEWERS = (Role.SUPERVISOR, Role.MANAGER)
READERS = (*REVIEWERS, Role.ADMINISTRATOR)
PERIODS = (30, 90, 365)
DEFAULT_PERIOD = 90


@bp.get("")
@roles_required(*READERS)
def index() -> ResponseReturnValue:
    """The interviews that wait for a review, the oldest first."""
    club_id = current_club_id()
    return render_template(
        "quality/index.html",
        page=reading.waiting(club_id, after=request.args.get("after", type=int)),
        count=reading.waiting_count(club_id),
        reasons=wording.REASONS,
        has_desk=operators.has_desk(signed_in_user().id),
    )


@bp.get("/done")
@roles_required(*READERS)
def done() -> ResponseReturnValue:
    """The club's reviews, the newest first."""
    page = reading.of_club(current_club_id(), before=request.args.get("before", type=int))
    return render_template("quality/done.html", page=page, operator=None)


@bp.get("/<int:review_id>")
@roles_required(*READERS)
def show(review_id: int) -> ResponseReturnValue:
    """One review, whole; for a reviewer who knows nothing of it yet, the choice between reviewing and reading."""
    one = reading.details([current_club_id()], review_id)
    if _sealed([one.line]):
        return render_template("quality/sealed.html", line=one.line)
    return render_template("quality/review.html", one=one, words=wording, is_own=False)


@bp.post("/<int:review_id>/reading")
@roles_required(*REVIEWERS)
def read(review_id: int) -> ResponseReturnValue:
    """Read a review, and review that interview no more."""
    line = reading.details([current_club_id()], review_id).line
    sealing.open_up([line], signed_in_user().id, now=utcnow())
    db.session.commit()
    return redirect(url_for("quality.show", review_id=review_id))


@bp.get("/operators/<int:operator_id>")
@roles_required(*READERS)
def of_operator(operator_id: int) -> ResponseReturnValue:
    """The reviews of one operator, with what came of each."""
    page, name = _reviews_of(operator_id, request.args.get("before", type=int))
    return render_template(
        "quality/done.html",
        page=page,
        sealed=_sealed(page.lines),
        operator_id=operator_id,
        operator=name,
        verdicts=wording.VERDICTS,
    )


@bp.post("/operators/<int:operator_id>/reading")
@roles_required(*REVIEWERS)
def read_all(operator_id: int) -> ResponseReturnValue:
    """Read all reviews on a page of an operator's, and review none of those interviews."""
    before = request.form.get("before", type=int)
    page, _name = _reviews_of(operator_id, before)
    sealing.open_up(page.lines, signed_in_user().id, now=utcnow())
    db.session.commit()
    return redirect(url_for("quality.of_operator", operator_id=operator_id, before=before))


@bp.get("/interviews/<int:response_id>")
@roles_required(*REVIEWERS)
def interview(response_id: int) -> ResponseReturnValue:
    """An interview with its recordings, and the scorecard of whoever has not filled one in."""
    return _interview(response_id, {})


@bp.post("/interviews/<int:response_id>")
@roles_required(*REVIEWERS)
def submit(response_id: int) -> ResponseReturnValue:
    """Keep a review."""
    try:
        card = forms.card_of(request.form)
        review_id = reviewing.submit(
            current_club_id(), response_id, card, reviewer_id=signed_in_user().id, now=utcnow()
        )
    except InvalidInputError as error:
        db.session.rollback()
        return _interview(response_id, {error.field: str(wording.FIELDS[error.field])}), 422
    return saved(_("The review is kept. The operator can read it now."), "quality.show", review_id=review_id)


@bp.get("/figures")
@roles_required(*READERS)
def numbers() -> ResponseReturnValue:
    """Each operator's figures, how far reviewers agree, and how much is reviewed."""
    return _figures({})


@bp.post("/rules")
@roles_required(Role.MANAGER, Role.ADMINISTRATOR)
def keep_rules() -> ResponseReturnValue:
    """How much of the club's interviews is reviewed."""
    try:
        rules.save(current_club_id(), Rules(**{name: _number(name) for name in BOUNDS}))
    except InvalidInputError as error:
        db.session.rollback()
        return _figures({error.field: str(wording.FIELDS[error.field])}), 422
    return saved(_("Saved. It holds for interviews from now on."), "quality.numbers")


def _interview(response_id: int, errors: Mapping[str, str]) -> str:
    club_id, user_id = current_club_id(), signed_in_user().id
    past = looking_back.of_response(club_id, response_id, language=current_language())
    line = past.line
    reviews = reading.of_interview(club_id, response_id)
    return render_template(
        "quality/interview.html",
        past=past,
        operator=reading.name_of(line.operator_id),
        reason=reading.why(response_id),
        recordings=recordings.of_entry(club_id, line.entry_id),
        reviews=reviews,
        is_sealed=bool(_sealed(reviews)),
        refusal=reviewing.refusal(line, user_id),
        has_reviewed=reviewing.has_reviewed(response_id, user_id),
        words=wording,
        scoring=scoring,
        errors=errors,
        form=request.form,
        rows=forms.rows_of(request.form),
    )


def _reviews_of(operator_id: int, before: int | None) -> tuple[Page[ReviewLine], str]:
    """A page of an operator's reviews, and their name. Raises NotFoundError for another club's operator."""
    club_id = current_club_id()
    page = reading.of_operator([club_id], operator_id, before=before)
    # Whoever has left the club keeps the reviews of the time before.
    return page, page.lines[0].operator if page.lines else operators.one_of_club(club_id, operator_id).name


def _sealed(lines: Sequence[ReviewLine]) -> set[int]:
    """The interviews of which the reviewer before the screen does not see what was found; an administrator sees all."""
    user = signed_in_user()
    return sealing.sealed(lines, user.id) if user.role in REVIEWERS else set()


def _figures(errors: Mapping[str, str]) -> str:
    club_id, now = current_club_id(), utcnow()
    days = request.args.get("days", DEFAULT_PERIOD, type=int)
    days = days if days in PERIODS else DEFAULT_PERIOD
    since = now - timedelta(days=days)
    return render_template(
        "quality/figures.html",
        operators=figures.of_operators(club_id, since=since, now=now),
        agreements=figures.agreements(club_id, since=since),
        rules=rules.of_club(club_id),
        days=days,
        periods=PERIODS,
        least=agreement.LEAST,
        weekly=figures.WEEKLY,
        errors=errors,
        form=request.form,
    )


def _number(field: str) -> int:
    typed = to_ascii_digits(request.form.get(field, "")).strip()
    if not (typed.isdecimal() and len(typed) <= len("1000")):
        raise InvalidInputError(field, f"{typed[:20]!r} is no number")
    return int(typed)
