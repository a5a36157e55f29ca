"""The hours at which members want to be called: kept by member, joined with the hours of a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import time
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select

from callcenter.campaigns.hours import Hours
from callcenter.campaigns.own_hours import OwnHours
from callcenter.campaigns.own_hours import Window
from callcenter.permission import rules
from callcenter.permission.models import MemberHours
from config.accounts.models import Club
from config.accounts.models import User
from config.database import db


@dataclass(frozen=True)
class Change:
    """Who changed something, None for nobody of the house, and when."""

    by: str | None
    at: datetime


def of_members(member_ids: Sequence[int]) -> dict[int, OwnHours]:
    """The own hours of those of the members who have some."""
    return _by_member(_rows().where(MemberHours.member_id.in_(member_ids)))


def between(club_id: int, first_id: int, last_id: int) -> dict[int, OwnHours]:
    """The own hours of those of a club's members from `first_id` to `last_id` who have some."""
    in_range = MemberHours.member_id.between(first_id, last_id)
    return _by_member(_rows().where(MemberHours.club_id == club_id, in_range))


def of_member(member_id: int) -> OwnHours | None:
    """The own hours of a member; None when any hour of a campaign will do."""
    return of_members([member_id]).get(member_id)


def last_change(member_id: int) -> Change | None:
    """Who wrote down a member's own hours, and when; None when there are none."""
    row = db.session.execute(
        select(User.name, MemberHours.changed_at)
        .select_from(MemberHours)
        .outerjoin(User, User.id == MemberHours.changed_by)
        .where(MemberHours.member_id == member_id)
    ).one_or_none()
    return None if row is None else Change(*row)


def with_campaign(campaign_id: int, member_id: int, *, now: datetime) -> Hours:
    """The hours of a campaign at which a member wants to be called."""
    return replace(rules.hours_of_one(campaign_id, now=now), own=of_member(member_id))


def _rows() -> Select[Any]:
    return select(
        MemberHours.member_id, MemberHours.time_zone, MemberHours.windows, Club.time_zone.label("club_zone")
    ).join(Club, Club.id == MemberHours.club_id)


def _by_member(rows: Select[Any]) -> dict[int, OwnHours]:
    return {row.member_id: _own_hours(row.time_zone or row.club_zone, row.windows) for row in db.session.execute(rows)}


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
