"""Draw the members of a campaign into its queue, in chunks; whoever is left out has a reason.

Run again it adds who is new and nobody twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import exclusions
from callcenter.permission import member_hours
from callcenter.permission import resting
from callcenter.permission import retiming
from callcenter.permission import rules
from callcenter.permission.resting import INTERVIEWED
from callcenter.queue import filling
from callcenter.queue.filling import NewEntry
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.quotas import assigning
from callcenter.skills import needs
from club.members.queries import Candidate
from club.members.queries import draw
from config.database import db

CHUNK = 5000


class LeftOut(StrEnum):
    """Why a member is not in the queue of a campaign; the first reason that holds is the one counted."""

    NOT_IN_SAMPLE = "not_in_sample"
    NO_CONSENT = "no_consent"
    DO_NOT_CALL = "do_not_call"
    LEFT_OUT = "left_out"
    NO_CELL = "no_cell"
    ALREADY_QUEUED = "already_queued"
    ASKED_RECENTLY = "asked_recently"


@dataclass
class Tally:
    """How far a build is: the last member looked at, how many were queued and how many left out for each reason."""

    after_id: int = 0
    seen: int = 0
    queued: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Tally:
        """The tally that `as_dict` wrote."""
        left_out = Counter(values.get("left_out", {}))
        return cls(values.get("after_id", 0), values.get("seen", 0), values.get("queued", 0), left_out)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: after_id, seen, queued, left_out by reason."""
        return {"after_id": self.after_id, "seen": self.seen, "queued": self.queued, "left_out": dict(self.left_out)}


def build(campaign_id: int, *, now: datetime) -> Tally:
    """Draw all members in one transaction, for a small club. Raises CampaignStateError when the campaign is closed."""
    tally = Tally()
    while add_chunk(campaign_id, tally, now=now):
        pass
    finish(campaign_id, tally, now=now)
    return tally


def add_chunk(campaign_id: int, tally: Tally, *, now: datetime, size: int = CHUNK) -> bool:
    """Draw the next members into the queue and count them in `tally`; says whether there may be more.

    Raises CampaignStateError when the campaign is closed.
    """
    campaign = db.session.get_one(Campaign, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    kinds = assigning.kinds_of(campaign_id)
    candidates = draw(campaign.club_id, campaign.sample, after_id=tally.after_id, limit=size, now=now, kinds=kinds)
    if not candidates:
        return False
    needs_cell = bool(kinds) and not campaign.calls_others
    if campaign.state is CampaignState.DRAFT:
        assigning.assign_again(campaign_id, candidates, needs_cell=needs_cell)
    chosen = _choose(campaign, candidates, tally, now, needs_cell=needs_cell)
    queued = _insert(campaign, chosen, now) if chosen else 0
    # Who came in between, by another build of the same moment, was queued already.
    tally.left_out[LeftOut.ALREADY_QUEUED] += len(chosen) - queued
    retiming.of_members(campaign, member_hours.of_members([one.member_id for one in chosen]), now=now)
    tally.queued += queued
    tally.seen += len(candidates)
    tally.after_id = candidates[-1].member_id
    return len(candidates) == size


def finish(campaign_id: int, tally: Tally, *, now: datetime) -> None:
    """Keep what came of a build with the campaign."""
    campaign = db.session.get_one(Campaign, campaign_id)
    campaign.built_at, campaign.build_report = now, tally.as_dict()
    db.session.flush()


def _choose(
    campaign: Campaign, candidates: Sequence[Candidate], tally: Tally, now: datetime, *, needs_cell: bool
) -> list[Candidate]:
    ids = [candidate.member_id for candidate in candidates]
    queued, asked = _already_queued(campaign, ids), _asked_recently(campaign, ids, now)
    left_out = exclusions.among(campaign.id, ids)
    chosen = []
    for candidate in candidates:
        reason = _reason(candidate, queued, asked, left_out, needs_cell=needs_cell)
        if reason is None:
            chosen.append(candidate)
        else:
            tally.left_out[reason] += 1
    return chosen


def _reason(
    candidate: Candidate, queued: set[int], asked: set[int], left_out: set[int], *, needs_cell: bool
) -> LeftOut | None:
    checks = (
        (LeftOut.NOT_IN_SAMPLE, not candidate.matches),
        (LeftOut.NO_CONSENT, not candidate.consent_calls),
        (LeftOut.DO_NOT_CALL, candidate.is_do_not_call),
        (LeftOut.LEFT_OUT, candidate.member_id in left_out),
        (LeftOut.NO_CELL, needs_cell and candidate.kind_id is None),
        (LeftOut.ALREADY_QUEUED, candidate.member_id in queued),
        (LeftOut.ASKED_RECENTLY, candidate.member_id in asked),
    )
    return next((reason for reason, holds in checks if holds), None)


def _already_queued(campaign: Campaign, member_ids: Sequence[int]) -> set[int]:
    in_range = QueueEntry.member_id.between(member_ids[0], member_ids[-1])
    return set(db.session.scalars(select(QueueEntry.member_id).where(QueueEntry.campaign_id == campaign.id, in_range)))


def _asked_recently(campaign: Campaign, member_ids: Sequence[int], now: datetime) -> set[int]:
    """Members interviewed in any campaign within the rest days of this one, or of the club."""
    days = max(campaign.rest_days, rules.of_club(campaign.club_id).interview_days)
    in_range = QueueEntry.member_id.between(member_ids[0], member_ids[-1])
    return set(
        db.session.scalars(
            select(QueueEntry.member_id)
            .where(in_range, QueueEntry.state == EntryState.CLOSED, QueueEntry.outcome.in_(INTERVIEWED))
            .where(QueueEntry.closed_at > now - timedelta(days=days))
        )
    )


def _insert(campaign: Campaign, chosen: Sequence[Candidate], now: datetime) -> int:
    first_at = rules.hours_of([campaign], now=now)[campaign.id].next_open(now) or now
    needed = needs.of_new(campaign.id)
    member_ids = [candidate.member_id for candidate in chosen]
    resting_until = resting.rang_too_often(member_ids, rules=rules.of_club(campaign.club_id), now=now)
    entries = [
        NewEntry(
            member_id=one.member_id,
            cell_id=one.kind_id,
            needs=needed[one.language],
            due_at=max(first_at, resting_until.get(one.member_id, first_at)),
            rest_until=resting_until.get(one.member_id),
        )
        for one in chosen
    ]
    return filling.add(campaign.club_id, campaign.id, entries, now=now)
