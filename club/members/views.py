"""The members' screens: the list, one member, and who is not to be called again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask import flash
from flask import redirect
from flask import render_template
from flask import request
from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from club.credit import queries as credit
from club.members import browsing
from club.members import listings
from club.members import queries
from club.members import speaking
from club.members import stop_calls
from club.members.events import history_asked
from club.members.events import own_hours_asked
from club.members.events import reviews_asked
from club.members.events import standing_asked
from club.members.words import GENDERS
from club.members.words import STOP_REASONS
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotAllowedError
from config.text import clean_text

bp = Blueprint("members", __name__, url_prefix="/members")
WRITERS = (Role.CLUB_STAFF, Role.ADMINISTRATOR)
READERS = (*WRITERS, Role.MANAGER)
PURCHASES_SHOWN = 20
LONGEST_NOTE = 2000


@bp.get("")
@roles_required(*READERS)
def index() -> ResponseReturnValue:
    """The members that fit the search and the filters, the newest first."""
    club_id, filters = current_club_id(), _filters()
    args = request.args
    return render_template(
        "members/index.html",
        page=browsing.page_of_members(
            club_id, filters, before=args.get("before", type=int), after=args.get("after", type=int)
        ),
        count=browsing.count_members(club_id, filters),
        filters=filters,
        kept={key: value for key, value in args.items() if value and key not in {"before", "after"}},
        branch_options=[(one.id, one.name) for one in queries.branches(club_id)],
        tier_options=[(one.id, one.name) for one in queries.tiers(club_id)],
        count_limit=browsing.COUNT_LIMIT,
    )


def _filters() -> browsing.Filters:
    args = request.args
    return browsing.Filters(
        text=args.get("q", "").strip(),
        branch_id=args.get("branch", type=int),
        tier_id=args.get("tier", type=int),
        consent={"yes": True, "no": False}.get(args.get("consent", "")),
    )


@bp.get("/<int:member_id>")
@roles_required(*READERS)
def show(member_id: int) -> ResponseReturnValue:
    """One member: facts, purchases, ledger, interviews, and whether calls are wanted."""
    return _member_page(member_id)


def _member_page(member_id: int, error: str | None = None, status: int = 200) -> ResponseReturnValue:
    club_id = current_club_id()
    card = queries.get_card(club_id, member_id)
    page = render_template(
        "members/show.html",
        card=card,
        facts=browsing.get_facts(club_id, member_id),
        genders=GENDERS,
        purchases=queries.purchases(club_id, member_id, limit=PURCHASES_SHOWN),
        balance=credit.balance(club_id, member_id),
        ledger=credit.ledger(club_id, member_id),
        history=_answers(history_asked.send(club_id=club_id, member_id=member_id)),
        standings=_answers(standing_asked.send(club_id=club_id, member_id=member_id, now=utcnow())),
        own_hours=_answers(own_hours_asked.send(club_id=club_id, member_id=member_id)),
        reviews=_answers(reviews_asked.send(club_id=club_id, member_id=member_id)),
        listings=listings.holding(club_id, card.phone),
        lifted=[one for one in listings.of_number(club_id, card.phone) if one.lifted_at],
        stop_reasons=STOP_REASONS,
        may_write=signed_in_user().role in WRITERS,
        may_stop_house=signed_in_user().role is Role.ADMINISTRATOR,
        error=error,
    )
    return page, status


def _answers(answers: list[tuple[Any, Any]]) -> list[object]:
    return [item for _receiver, items in answers for item in items]


@bp.post("/<int:member_id>/do-not-call")
@roles_required(*WRITERS)
def stop_calling(member_id: int) -> ResponseReturnValue:
    """Put the member on the do-not-call list of the club, or of the house when an administrator says so."""
    form, user = request.form, signed_in_user()
    house_wide = "house_wide" in form and user.role is Role.ADMINISTRATOR
    try:
        reason, note = _stop_reason(form.get("reason", "")), form.get("note", "").strip()[:LONGEST_NOTE]
    except InvalidInputError:
        return _member_page(member_id, error=_("Choose why the member is not to be called."), status=422)
    stop_calls.add_do_not_call(
        current_club_id(), member_id, reason=reason, note=note, user_id=user.id, house_wide=house_wide
    )
    db.session.commit()
    flash(_("This member will not be called again."), "good")
    return redirect(url_for("members.show", member_id=member_id))


@bp.post("/<int:member_id>/language")
@roles_required(*WRITERS)
def set_language(member_id: int) -> ResponseReturnValue:
    """In which language the member is called, or any."""
    speaking.set_language(current_club_id(), member_id, request.form.get("language") or None)
    db.session.commit()
    flash(_("Saved. Calls to this member go by it."), "good")
    return redirect(url_for("members.show", member_id=member_id))


def _stop_reason(text: str) -> str:
    if text not in STOP_REASONS:
        raise InvalidInputError("reason", f"{text!r} is no reason for the do-not-call list.")
    return text


@bp.get("/do-not-call")
@roles_required(*READERS)
def do_not_call() -> ResponseReturnValue:
    """Who is not to be called, and what was lifted."""
    return _do_not_call_page()


def _do_not_call_page(wrong: int | None = None, status: int = 200) -> ResponseReturnValue:
    is_lifted = request.args.get("show") == "lifted"
    lines, older = listings.page(current_club_id(), is_lifted=is_lifted, before=request.args.get("before", type=int))
    role = signed_in_user().role
    page = render_template(
        "members/do_not_call.html",
        lines=lines,
        older=older,
        is_lifted=is_lifted,
        stop_reasons=STOP_REASONS,
        may_lift=role in WRITERS,
        may_lift_house=role is Role.ADMINISTRATOR,
        wrong=wrong,
    )
    return page, status


@bp.post("/do-not-call/<int:listing_id>/lift")
@roles_required(*WRITERS)
def lift(listing_id: int) -> ResponseReturnValue:
    """Take a number off the list, for a reason that is kept; the list of the house is the administrator's."""
    club_id, user = current_club_id(), signed_in_user()
    listing = listings.get(club_id, listing_id)
    if listing.is_house_wide and user.role is not Role.ADMINISTRATOR:
        raise NotAllowedError("The list of the whole house is the administrator's.")
    reason = clean_text(request.form.get("reason", ""))[:LONGEST_NOTE]
    try:
        stop_calls.lift(club_id, listing_id, reason=reason, user_id=user.id, now=utcnow())
    except InvalidInputError:
        return _do_not_call_page(wrong=listing_id, status=422)
    db.session.commit()
    flash(_("The number is off the list. It is called again where its member is drawn and has agreed."), "good")
    return redirect(url_for("members.do_not_call"))
