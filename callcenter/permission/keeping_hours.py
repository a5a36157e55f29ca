"""Keeping the hours at which a member wants to be called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from callcenter.campaigns.own_hours import Window
from callcenter.permission import retiming
from callcenter.permission.models import MemberHours
from club.members.queries import get_card
from config.calendar import is_zone
from config.database import db
from config.errors import InvalidInputError

MOST_WINDOWS = 3


def save(
    club_id: int,
    member_id: int,
    *,
    zone: str | None,
    windows: Sequence[Window],
    user_id: int | None,
    now: datetime,
) -> None:
    """Keep when a member wants to be called (no windows: at any hour), and move their waiting calls there.

    `zone` is a tz database name, None for the club's. Raises NotFoundError when the club has no such member,
    InvalidInputError on `zone` or `windows`.
    """
    get_card(club_id, member_id)
    if zone is not None and not is_zone(zone):
        raise InvalidInputError("zone", f"{zone[:40]!r} is no zone of the tz database")
    if len(windows) > MOST_WINDOWS or not all(one.weekdays and one.opens_at < one.closes_at for one in windows):
        raise InvalidInputError("windows", "each window has days, and ends after it begins")
    db.session.execute(delete(MemberHours).where(MemberHours.member_id == member_id))
    if windows:
        kept = {"club_id": club_id, "time_zone": zone, "changed_by": user_id, "changed_at": now}
        db.session.add(MemberHours(member_id=member_id, windows=[_for_json(one) for one in windows], **kept))
    db.session.flush()
    retiming.of_member(member_id, now=now)


def _for_json(window: Window) -> dict[str, Any]:
    return {
        "weekdays": sorted(window.weekdays),
        "opens_at": f"{window.opens_at:%H:%M}",
        "closes_at": f"{window.closes_at:%H:%M}",
    }
