"""Draw the members of a campaign into its queue, in chunks; whoever is left out has a reason.

Run again it adds who is new and nobody twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import func
from sqlalchemy import select

from callcenter.campaigns import drawing
from callcenter.campaigns.drawing import LeftOut
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import member_hours
from callcenter.permission import resting
from callcenter.permission import retiming
from callcenter.permission import rules
from callcenter.queue import filling
from callcenter.quotas import assigning
from callcenter.skills import needs
from config.database import db

if TYPE_CHECKING:
    from sqlalchemy import Select
    from sqlalchemy import Subquery

    from callcenter.campaigns.drawing import Stretch

# So many are written at once: the progress is seen to move, and who claims meanwhile waits for nobody.
CHUNK = 20_000


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
    stretch = drawing.next_stretch(campaign.club_id, after_id=tally.after_id, size=size)
    if stretch is None:
        return False
    if campaign.state is CampaignState.DRAFT:
        assigning.assign_again(campaign, first_id=stretch.first_id, last_id=stretch.last_id, now=now)
    seen = _draw(campaign, stretch, tally, now)
    tally.seen += seen
    tally.after_id = stretch.last_id
    return seen == size


def finish(campaign_id: int, tally: Tally, *, now: datetime) -> None:
    """Keep what came of a build with the campaign."""
    campaign = db.session.get_one(Campaign, campaign_id)
    campaign.built_at, campaign.build_report = now, tally.as_dict()
    db.session.flush()


def _draw(campaign: Campaign, stretch: Stretch, tally: Tally, now: datetime) -> int:
    """Put into the queue who is drawn, and count all of a stretch; gives how many they are."""
    judged = drawing.judged(campaign, stretch, now=now)
    counts: dict[str | None, int] = dict(iter(db.session.execute(_by_reason(judged))))
    drawn_count = counts.pop(None, 0)
    queued = _add(campaign, judged, stretch, now) if drawn_count else 0
    tally.queued += queued
    tally.left_out.update({str(reason): count for reason, count in counts.items()})
    # Who came in between, by another build of the same moment, was queued already.
    tally.left_out[LeftOut.ALREADY_QUEUED] += drawn_count - queued
    return drawn_count + sum(counts.values())


def _by_reason(judged: Subquery) -> Select[str | None, int]:
    return select(judged.c.reason, func.count()).group_by(judged.c.reason)


def _add(campaign: Campaign, judged: Subquery, stretch: Stretch, now: datetime) -> int:
    first_at = rules.hours_of([campaign], now=now)[campaign.id].next_open(now) or now
    new = select(
        judged.c.member_id,
        judged.c.kind_id.label("cell_id"),
        needs.of_new(campaign.id, judged.c.language).label("needs"),
    ).where(judged.c.reason.is_(None))
    queued = filling.add(campaign.club_id, campaign.id, new, due_at=first_at, now=now)
    tired = resting.rang_too_often(stretch.first_id, stretch.last_id, rules=rules.of_club(campaign.club_id), now=now)
    filling.let_rest(campaign.id, tired, first_at=first_at, added_at=now)
    own = member_hours.between(campaign.club_id, stretch.first_id, stretch.last_id)
    retiming.of_new(campaign, own, added_at=now)
    return queued
