"""The demo's weeks before today: waves of calls, the interviews in them, and the credit that was paid."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.demo import waves
from club.credit.award import award
from club.credit.promises import promise
from club.demo.settling import settle
from surveys.demo import history

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from random import Random
    from zoneinfo import ZoneInfo

    from callcenter.demo.waves import Interviewed
    from club.demo.people import DemoMember

# What a completed interview is called in the ledger.
SOURCE = "response"
WAVE_WEEKS = 3.4
WAVE_NAMES = ("موج اول", "موج دوم", "موج سوم", "موج چهارم")


@dataclass(frozen=True)
class BranchMood:
    """The mean ratings of a branch by dimension, and how far each has moved by today."""

    means: Mapping[str, float]
    rise: Mapping[str, float] = field(default_factory=dict)

    def at(self, progress: float) -> dict[str, float]:
        """The means when `progress` (0 to 1) of the weeks has gone by."""
        return {name: mean + self.rise.get(name, 0.0) * progress for name, mean in self.means.items()}


@dataclass(frozen=True, kw_only=True)
class History:
    """Whose past it is, how long, and who worked in it."""

    club_id: int
    club_name: str
    version_id: int
    moods: Mapping[int, BranchMood]
    operators: Mapping[int, str]
    operator_names: Mapping[int, str]
    branch_names: Mapping[int, str]
    weeks: int
    wave_size: int
    zone: ZoneInfo


def write(story: History, members: Sequence[DemoMember], *, chance: Random, now: datetime) -> None:
    """Write the waves one after the other; nobody is called again in the wave after their interview."""
    rested: set[int] = set()
    starts_at = now - timedelta(weeks=story.weeks)
    length = timedelta(weeks=story.weeks) / _wave_count(story)
    for name in WAVE_NAMES[: _wave_count(story)]:
        callable_members = [member for member in members if member.consents and member.id not in rested]
        chosen = sorted(
            chance.sample(callable_members, min(story.wave_size, len(callable_members))), key=lambda one: one.id
        )
        wave = waves.Wave(
            club_id=story.club_id,
            version_id=story.version_id,
            name=f"تجربه‌ی خرید، {name}",
            starts_at=starts_at,
            ends_at=starts_at + length - timedelta(minutes=30),
            zone=story.zone,
            operators=story.operators,
        )
        interviewed = waves.live(wave, chosen, chance=chance)
        _write_interviews(story, interviewed, chance, now)
        rested = {one.member.id for one in interviewed}
        starts_at += length
    settle(story.club_id)


def _wave_count(story: History) -> int:
    return max(1, round(story.weeks / WAVE_WEEKS))


def _write_interviews(story: History, interviewed: Sequence[Interviewed], chance: Random, now: datetime) -> None:
    pasts = [_past_interview(story, one, now) for one in interviewed]
    response_ids = history.write(story.club_id, story.version_id, pasts, chance=chance)
    for response_id, one in zip(response_ids, interviewed, strict=True):
        if one.state == "complete":
            _pay(story, response_id, one)


def _pay(story: History, response_id: int, one: Interviewed) -> None:
    today = one.ended_at.astimezone(story.zone).date()
    promise(story.club_id, one.member.id, source=SOURCE, source_id=response_id, today=today)
    award(story.club_id, one.member.id, source=SOURCE, source_id=response_id, now=one.ended_at)


def _past_interview(story: History, one: Interviewed, now: datetime) -> history.PastInterview:
    progress = 1 - (now - one.started_at) / timedelta(weeks=story.weeks)
    branch_id = one.member.branch_id
    return history.PastInterview(
        campaign_id=one.campaign_id,
        entry_id=one.entry_id,
        member_id=one.member.id,
        operator_id=one.operator_id,
        branch_id=branch_id,
        tier_id=one.member.tier_id,
        placeholders={
            "member": one.member.name,
            "club": story.club_name,
            "operator": story.operator_names[one.operator_id],
            "branch": story.branch_names[branch_id],
        },
        started_at=one.started_at,
        ended_at=one.ended_at,
        state=one.state,
        means=story.moods[branch_id].at(progress),
    )
