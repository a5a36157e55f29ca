"""Members who are not to be called again, and those whose wish is taken back."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import update

from club.members import listings
from club.members.events import calls_allowed
from club.members.events import calls_stopped
from club.members.models import DoNotCall
from club.members.models import Member
from club.members.queries import callable_among
from club.members.queries import get_card
from config.database import add_if_new
from config.database import db
from config.errors import InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)


def add_do_not_call(
    club_id: int, member_id: int, *, reason: str, note: str | None, user_id: int | None, house_wide: bool = False
) -> None:
    """Put the member's number on the club's do-not-call list, or on that of the whole house.

    A number that is already there stays as it is; the signal `calls_stopped` tells the rest of the house.
    Raises NotFoundError when this club has no such member.
    """
    phone = get_card(club_id, member_id).phone
    listed_for = None if house_wide else club_id
    if _is_listed(phone, listed_for):
        return
    row = DoNotCall(club_id=listed_for, phone=phone, reason=reason, note=note or None, created_by=user_id)
    if not add_if_new(row):
        # Somebody else listed the same number at the same moment: what was wanted is there.
        return
    calls_stopped.send(member_ids=_reached_by(phone, listed_for))
    log.info("member %s of club %s is not to be called again (%s)", member_id, club_id, reason)


def lift(club_id: int, listing_id: int, *, reason: str, user_id: int | None, now: datetime) -> None:
    """Take a number off the do-not-call list of the club or of the house; the row stays, with who, when and why.

    The signal `calls_allowed` tells of the members who may be called again. Lifted twice, the first one stands.
    Raises NotFoundError for another club's listing, InvalidInputError on `reason` without one.
    """
    listing = listings.get(club_id, listing_id)
    if not reason:
        raise InvalidInputError("reason", "a listing is lifted for a reason")
    lifted = db.session.scalar(
        update(DoNotCall)
        .where(DoNotCall.id == listing_id, DoNotCall.lifted_at.is_(None))
        .values(lifted_at=now, lifted_by=user_id, lift_reason=reason)
        .returning(DoNotCall.id)
    )
    if lifted is None:
        return
    reached = _reached_by(listing.phone, None if listing.is_house_wide else club_id)
    calls_allowed.send(member_ids=sorted(callable_among(reached)))
    log.info("listing %s of the do-not-call list was lifted by user %s", listing_id, user_id)


def _is_listed(phone: str, listed_for: int | None) -> bool:
    query = select(DoNotCall.id).where(DoNotCall.phone == phone, DoNotCall.lifted_at.is_(None))
    return db.session.scalar(query.where(DoNotCall.club_id.is_not_distinct_from(listed_for)).limit(1)) is not None


def _reached_by(phone: str, listed_for: int | None) -> list[int]:
    """The members behind the number: of one club, or of every club when the whole house is meant."""
    query = select(Member.id).where(Member.phone == phone)
    return list(db.session.scalars(query if listed_for is None else query.where(Member.club_id == listed_for)))
