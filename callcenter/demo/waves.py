"""The finished campaigns of the demo: entries, calls, interviews and credit, as the real rules would have left them."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import time
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from callcenter.calls import aapor
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.calls.models import DispositionSource
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.demo.fates import Attempt
from callcenter.demo.fates import Past
from callcenter.demo.fates import live_through
from callcenter.demo.fates import within_hours
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from random import Random

    from club.demo.people import DemoMember

MAX_ATTEMPTS = 4
# The last days of a wave are for those who did not answer.
FIRST_CALLS_SHARE = 0.95
A_MINUTE = timedelta(minutes=1)
HASTY_SECONDS = (27, 31, 25, 33, 29)
INTERVIEWED = {aapor.COMPLETE: "complete", aapor.PARTIAL: "partial", aapor.BREAK_OFF: "break_off"}


@dataclass(frozen=True, kw_only=True)
class Wave:
    """A finished campaign: its name and days, and who works in it; so many interviews of it were `hasty`."""

    club_id: int
    version_id: int
    name: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    operators: Mapping[int, str]
    hasty_count: int = 0


@dataclass(frozen=True, kw_only=True)
class Interviewed:
    """A member who was interviewed: in which entry, by whom, from when to when, how far."""

    campaign_id: int
    entry_id: int
    member: DemoMember
    operator_id: int
    started_at: datetime
    ended_at: datetime
    state: str

    @property
    def is_hasty(self) -> bool:
        """Whether nobody can have asked everything in that time."""
        return self.ended_at - self.started_at < A_MINUTE


def live(wave: Wave, members: Sequence[DemoMember], *, chance: Random) -> list[Interviewed]:
    """Write the campaign with its entries and calls; returns who was interviewed, oldest first."""
    campaign_id = _campaign(wave, len(members))
    pasts = _some_hasty([_past(wave, chance) for _ in members], wave.hasty_count)
    who = [chance.choice(list(wave.operators)) for _ in members]
    entries = [
        _entry(wave, campaign_id, member, past, operator_id)
        for member, past, operator_id in zip(members, pasts, who, strict=True)
    ]
    entry_ids = db.session.scalars(
        insert(QueueEntry).returning(QueueEntry.id, sort_by_parameter_order=True), entries
    ).all()
    called = list(zip(entry_ids, members, pasts, who, strict=True))
    calls = [
        _call(wave, campaign_id, entry_id, member, operator_id, attempt, chance)
        for entry_id, member, past, operator_id in called
        for attempt in past.attempts
    ]
    # Ids in the order of time, as they would have come.
    db.session.execute(insert(Call), sorted(calls, key=lambda row: row["requested_at"]))
    interviews = [
        _interviewed(campaign_id, entry_id, member, operator_id, past)
        for entry_id, member, past, operator_id in called
        if past.outcome in INTERVIEWED
    ]
    return sorted(interviews, key=lambda one: one.ended_at)


def _past(wave: Wave, chance: Random) -> Past:
    span = (wave.ends_at - wave.starts_at) * FIRST_CALLS_SHARE
    first_at = within_hours(wave.starts_at + span * chance.random(), wave.zone)
    return live_through(
        first_at=first_at,
        until=wave.ends_at - timedelta(hours=2),
        max_attempts=MAX_ATTEMPTS,
        zone=wave.zone,
        chance=chance,
    )


def _some_hasty(pasts: Sequence[Past], count: int) -> list[Past]:
    """The same with so many interviews, the first ones, ended after half a minute of talk."""
    hasty = iter([place for place, past in enumerate(pasts) if past.outcome == aapor.COMPLETE][:count])
    made = list(pasts)
    for place, seconds in zip(hasty, cycle(HASTY_SECONDS), strict=False):
        *before, last = pasts[place].attempts
        made[place] = replace(pasts[place], attempts=(*before, replace(last, talk_seconds=seconds)))
    return made


def _campaign(wave: Wave, count: int) -> int:
    campaign = Campaign(
        club_id=wave.club_id,
        name=wave.name,
        version_id=wave.version_id,
        state=CampaignState.CLOSED,
        sample={},
        opens_at=time(9, 0),
        closes_at=time(20, 30),
        starts_on=wave.starts_at.astimezone(wave.zone).date(),
        ends_on=wave.ends_at.astimezone(wave.zone).date(),
        max_attempts=MAX_ATTEMPTS,
        created_at=wave.starts_at - timedelta(days=1),
        built_at=wave.starts_at,
        build_report={"after_id": 0, "seen": count, "queued": count, "left_out": {}},
    )
    db.session.add(campaign)
    db.session.flush()
    return campaign.id


def _entry(wave: Wave, campaign_id: int, member: DemoMember, past: Past, operator_id: int) -> dict[str, Any]:
    last = past.attempts[-1]
    closed_at = _end(last) if past.due_at is None else wave.ends_at
    return {
        "club_id": wave.club_id,
        "campaign_id": campaign_id,
        "member_id": member.id,
        "state": EntryState.CLOSED,
        "due_at": last.at,
        "operator_id": operator_id,
        "attempt_count": len(past.attempts),
        "outcome": past.outcome,
        "created_at": wave.starts_at,
        "closed_at": closed_at,
    }


def _connected(attempt: Attempt) -> datetime:
    return attempt.at + timedelta(seconds=3 + attempt.ring_seconds)


def _end(attempt: Attempt) -> datetime:
    return _connected(attempt) + timedelta(seconds=attempt.talk_seconds)


def _call(
    wave: Wave, campaign_id: int, entry_id: int, member: DemoMember, operator_id: int, attempt: Attempt, chance: Random
) -> dict[str, Any]:
    is_answered = attempt.talk_seconds > 0
    return {
        "club_id": wave.club_id,
        "campaign_id": campaign_id,
        "entry_id": entry_id,
        "member_id": member.id,
        "operator_id": operator_id,
        "phone": member.phone,
        "extension": wave.operators[operator_id],
        "channel_id": UUID(int=chance.getrandbits(128)).hex,
        "state": CallState.ENDED,
        "line_status": attempt.status,
        "hangup_cause": attempt.cause,
        "requested_at": attempt.at,
        "sent_at": attempt.at,
        "member_dialled_at": attempt.at + timedelta(seconds=3),
        "connected_at": _connected(attempt) if is_answered else None,
        "ended_at": _end(attempt),
        "disposition": attempt.code,
        "disposition_source": DispositionSource.OPERATOR if is_answered else DispositionSource.LINE,
        "disposed_at": _end(attempt) + timedelta(seconds=4 if is_answered else 0),
    }


def _interviewed(campaign_id: int, entry_id: int, member: DemoMember, operator_id: int, past: Past) -> Interviewed:
    last = past.attempts[-1]
    return Interviewed(
        campaign_id=campaign_id,
        entry_id=entry_id,
        member=member,
        operator_id=operator_id,
        started_at=_connected(last) + timedelta(seconds=2),
        ended_at=_end(last) - timedelta(seconds=3),
        state=INTERVIEWED[past.outcome],
    )
