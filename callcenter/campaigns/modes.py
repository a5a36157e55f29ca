"""How a campaign dials: whether the operator looks first, and for how long they may look and wrap up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.campaigns.models import DiallingMode
from callcenter.queue.models import QueueEntry
from config.database import db
from config.errors import InvalidInputError

SECONDS_TO_DECIDE = range(10, 601)
SECONDS_TO_WRAP_UP = range(5, 601)


@dataclass(frozen=True)
class Dialling:
    """How a campaign dials; without a limit the operator has all the time."""

    mode: DiallingMode
    decide_seconds: int | None
    wrap_up_seconds: int | None

    @property
    def seconds_to_decide(self) -> int | None:
        """How long the operator may look at a member; None where nothing is to be decided."""
        return self.decide_seconds if self.mode is DiallingMode.PREVIEW else None


_COLUMNS: tuple[Any, ...] = (Campaign.dialling_mode, Campaign.decide_seconds, Campaign.wrap_up_seconds)


def of(campaign_id: int) -> Dialling:
    """How a campaign dials."""
    return Dialling(*db.session.execute(select(*_COLUMNS).where(Campaign.id == campaign_id)).one())


def of_entry(entry_id: int) -> Dialling:
    """How the campaign of a queue entry dials."""
    of_it = select(QueueEntry.campaign_id).where(QueueEntry.id == entry_id).scalar_subquery()
    return Dialling(*db.session.execute(select(*_COLUMNS).where(Campaign.id == of_it)).one())


def has_progressive(campaign_ids: Sequence[int]) -> bool:
    """Whether one of the campaigns calls its members at once."""
    found = exists().where(Campaign.id.in_(campaign_ids), Campaign.dialling_mode == DiallingMode.PROGRESSIVE)
    return bool(db.session.scalar(select(found)))


def keep(club_id: int, campaign_id: int, dialling: Dialling) -> None:
    """Let a campaign dial so from the next member on.

    Raises NotFoundError, CampaignStateError for a closed one, InvalidInputError for a limit out of its range.
    """
    _ensure_within("decide_seconds", dialling.decide_seconds, SECONDS_TO_DECIDE)
    _ensure_within("wrap_up_seconds", dialling.wrap_up_seconds, SECONDS_TO_WRAP_UP)
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    campaign.dialling_mode = dialling.mode
    campaign.decide_seconds, campaign.wrap_up_seconds = dialling.decide_seconds, dialling.wrap_up_seconds
    db.session.flush()


def _ensure_within(field: str, seconds: int | None, allowed: range) -> None:
    if seconds is not None and seconds not in allowed:
        raise InvalidInputError(field, f"{seconds} is not between {allowed[0]} and {allowed[-1]}")
