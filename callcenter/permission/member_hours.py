"""The hours at which members want to be called: kept by member, joined with the hours of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from datetime import time
from typing import Any

from sqlalchemy import Select
from sqlalchemy import delete
from sqlalchemy import select

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.own_hours import OwnHours
from callcenter.campaigns.own_hours import Window
from callcenter.permission import retiming
from callcenter.permission import rules
from callcenter.permission.models import MemberHours
from club.members.queries import get_card
from config.accounts.models import Club
from config.calendar import is_zone
from config.database import db
from config.errors import InvalidInputError

MOST_WINDOWS = 3


def of_members(member_ids: Sequence[int]) -> dict[int, OwnHours]:
    """The own hours of those of the members who have some."""
    rows = db.session.execute(_rows().where(MemberHours.member_id.in_(member_ids)))
    return {row.member_id: _own_hours(row.time_zone or row.club_zone, row.windows) for row in rows}


def of_member(member_id: int) -> OwnHours | None:
    """The own hours of a member; None when any hour of a campaign will do."""
    return of_members([member_id]).get(member_id)


def with_campaign(campaign_id: int, member_id: int, *, now: datetime) -> Hours:
    """The hours of a campaign at which a member wants to be called."""
    return replace(rules.hours_of_one(campaign_id, now=now), own=of_member(member_id))


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
    own = of_member(member_id)
    retiming.of_member(member_id, own, now=now)


def _rows() -> Select[Any]:
    return select(
        MemberHours.member_id, MemberHours.time_zone, MemberHours.windows, Club.time_zone.label("club_zone")
    ).join(Club, Club.id == MemberHours.club_id)


def _own_hours(zone: str, windows: Sequence[dict[str, Any]]) -> OwnHours:
    return OwnHours(
        zone,
        [
            Window(
                frozenset(one["weekdays"]),
                time.fromisoformat(one["opens_at"]),
                time.fromisoformat(one["closes_at"]),
            )
            for one in windows
        ],
    )


def _for_json(window: Window) -> dict[str, Any]:
    return {
        "weekdays": sorted(window.weekdays),
        "opens_at": f"{window.opens_at:%H:%M}",
        "closes_at": f"{window.closes_at:%H:%M}",
    }
