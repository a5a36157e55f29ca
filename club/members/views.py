"""The members' screens: the list, one member, and who is not to be called again."""

from __future__ import annotations

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
from club.members import queries
from club.members import stop_calls
from club.members.events import history_asked
from club.members.words import GENDERS
from club.members.words import STOP_REASONS
from config.accounts.access import Role
from config.accounts.access import current_club_id
from config.accounts.access import roles_required
from config.accounts.access import signed_in_user
from config.database import db
from config.errors import InvalidInputError

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
        history=_history(club_id, member_id),
        listings=stop_calls.listings(club_id, card.phone),
        stop_reasons=STOP_REASONS,
        may_write=signed_in_user().role in WRITERS,
        error=error,
    )
    return page, status


def _history(club_id: int, member_id: int) -> list[object]:
    answers = history_asked.send(club_id=club_id, member_id=member_id)
    return [item for _receiver, items in answers for item in items]


@bp.post("/<int:member_id>/do-not-call")
@roles_required(*WRITERS)
def stop_calling(member_id: int) -> ResponseReturnValue:
    """Put the member on the club's do-not-call list."""
    form = request.form
    try:
        reason, note = _stop_reason(form.get("reason", "")), form.get("note", "").strip()[:LONGEST_NOTE]
    except InvalidInputError:
        return _member_page(member_id, error=_("Choose why the member is not to be called."), status=422)
    stop_calls.add_do_not_call(current_club_id(), member_id, reason=reason, note=note, user_id=signed_in_user().id)
    db.session.commit()
    flash(_("This member will not be called again."), "good")
    return redirect(url_for("members.show", member_id=member_id))


def _stop_reason(text: str) -> str:
    if text not in STOP_REASONS:
        raise InvalidInputError("reason", f"{text!r} is no reason for the do-not-call list.")
    return text
