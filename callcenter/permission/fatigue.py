"""How long a member is left in peace: the rules of rest. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum

WEEK = timedelta(days=7)


class Tired(StrEnum):
    """Why a member is left in peace."""

    INTERVIEWED = "interviewed"
    RANG_OFTEN = "rang_often"


@dataclass(frozen=True)
class Rest:
    """A reason to leave a member in peace, and when it ends."""

    reason: Tired
    until: datetime


def rests(
    *,
    interviewed_at: datetime | None,
    interview_days: int,
    rang_at: Sequence[datetime],
    weekly_attempts: int,
    now: datetime,
) -> list[Rest]:
    """Every reason to leave a member in peace at `now`.

    `interviewed_at` is the last interview in any campaign, `rang_at` when the member's phone rang, in any order: so
    often that another call would be more than `weekly_attempts` within seven days.
    """
    found = []
    if interviewed_at is not None:
        found.append(Rest(Tired.INTERVIEWED, interviewed_at + timedelta(days=interview_days)))
    newest = sorted(rang_at, reverse=True)
    if len(newest) >= weekly_attempts:
        found.append(Rest(Tired.RANG_OFTEN, newest[weekly_attempts - 1] + WEEK))
    return [rest for rest in found if rest.until > now]


def rest_until(rests: Sequence[Rest]) -> datetime | None:
    """When the last of the reasons ends; None without one."""
    return max((rest.until for rest in rests), default=None)
