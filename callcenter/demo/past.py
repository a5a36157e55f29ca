"""The demo's weeks before today: waves of calls, the interviews in them, and the credit that was paid."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.demo import waves
from callcenter.integrity.judging import judge_alone
from club.credit.award import award
from club.credit.promises import promise
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
    hasty_count: int
    zone: ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Completed:
    """An interview that was led to its end."""

    response_id: int
    campaign_id: int
    entry_id: int
    operator_id: int
    at: datetime


def write(story: History, members: Sequence[DemoMember], *, chance: Random, now: datetime) -> list[Completed]:
    """Write the waves one after the other; nobody is called again in the wave after their interview.

    Gives the complete interviews in the order of time. In the last wave some are so short that their credit waits.
    """
    rested: set[int] = set()
    completed: list[Completed] = []
    starts_at = now - timedelta(weeks=story.weeks)
    length = timedelta(weeks=story.weeks) / _wave_count(story)
    names = WAVE_NAMES[: _wave_count(story)]
    for name in names:
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
            hasty_count=story.hasty_count if name == names[-1] else 0,
        )
        interviewed = waves.live(wave, chosen, chance=chance)
        completed += _write_interviews(story, interviewed, chance, now)
        rested = {one.member.id for one in interviewed}
        starts_at += length
    return completed


def _wave_count(story: History) -> int:
    return max(1, round(story.weeks / WAVE_WEEKS))


def _write_interviews(
    story: History, interviewed: Sequence[Interviewed], chance: Random, now: datetime
) -> list[Completed]:
    pasts = [_past_interview(story, one, now) for one in interviewed]
    response_ids = history.write(story.club_id, story.version_id, pasts, chance=chance)
    return [
        _complete(story, response_id, one)
        for response_id, one in zip(response_ids, interviewed, strict=True)
        if one.state == "complete"
    ]


def _complete(story: History, response_id: int, one: Interviewed) -> Completed:
    today = one.ended_at.astimezone(story.zone).date()
    promise(story.club_id, one.member.id, source=SOURCE, source_id=response_id, today=today)
    # Only a hasty one has something that speaks against it.
    is_held = one.is_hasty and judge_alone(response_id, club_id=story.club_id, now=one.ended_at)
    if not is_held:
        award(story.club_id, one.member.id, source=SOURCE, source_id=response_id, now=one.ended_at)
    return Completed(
        response_id=response_id,
        campaign_id=one.campaign_id,
        entry_id=one.entry_id,
        operator_id=one.operator_id,
        at=one.ended_at,
    )


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
