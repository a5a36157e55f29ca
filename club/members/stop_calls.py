"""Members who are not to be called again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from club.members.events import calls_stopped
from club.members.models import DoNotCall
from club.members.models import Member
from club.members.queries import get_card
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Somebody else listed the same number at the same moment: what was wanted is there.
        return
    calls_stopped.send(member_ids=_reached_by(phone, listed_for))
    log.info("member %s of club %s is not to be called again (%s)", member_id, club_id, reason)


def _is_listed(phone: str, listed_for: int | None) -> bool:
    query = select(DoNotCall.id).where(DoNotCall.phone == phone, DoNotCall.club_id.is_not_distinct_from(listed_for))
    return db.session.scalar(query.limit(1)) is not None


def _reached_by(phone: str, listed_for: int | None) -> list[int]:
    """The members behind the number: of one club, or of every club when the whole house stops."""
    query = select(Member.id).where(Member.phone == phone)
    return list(db.session.scalars(query if listed_for is None else query.where(Member.club_id == listed_for)))


def listings(club_id: int, phone: str) -> Sequence[DoNotCall]:
    """Why this number must not be dialled for this club: its own entry, the house's, both or none."""
    own_or_house = or_(DoNotCall.club_id == club_id, DoNotCall.club_id.is_(None))
    return db.session.scalars(select(DoNotCall).where(DoNotCall.phone == phone, own_or_house)).all()
