"""The life of a campaign: made, started, paused, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.campaigns import jobs
from callcenter.campaigns.errors import CampaignEmptyError
from callcenter.campaigns.errors import CampaignNotDrawnError
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.queue import closing
from callcenter.queue.models import QueueEntry
from callcenter.quotas.assigning import kinds_of
from club.members import queries as members
from club.members.queries import Named
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError
from config.jobs.models import JobState
from config.live import publish_after_commit
from surveys.questionnaires import queries as surveys


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a campaign is made of. `sample` narrows the members: branch_ids, tier_ids, purchased_within_days."""

    name: str
    version_id: int
    opens_at: time
    closes_at: time
    max_attempts: int
    rest_days: int
    starts_on: date | None = None
    ends_on: date | None = None
    sample: dict[str, Any] = field(default_factory=dict)


def create(club_id: int, plan: Plan, *, now: datetime) -> int:
    """Make a draft; returns its id.

    Raises InvalidInputError, on the field, for a name that is taken, a survey, a branch or a tier that is not the
    club's, hours or days out of order.
    """
    _ensure_name_is_free(club_id, plan.name)
    _ensure_published(club_id, plan.version_id)
    _ensure_in_club("branch_ids", plan, members.branches(club_id))
    _ensure_in_club("tier_ids", plan, members.tiers(club_id))
    _ensure_in_order(plan)
    campaign = Campaign(club_id=club_id, created_at=now, **{name: getattr(plan, name) for name in _PLAN_FIELDS})
    db.session.add(campaign)
    db.session.flush()
    return campaign.id


def start(club_id: int, campaign_id: int) -> None:
    """Let a draft or a paused campaign hand out its members.

    Raises CampaignStateError, CampaignEmptyError, CampaignNotDrawnError.
    """
    campaign = get(club_id, campaign_id)
    _ensure_state(campaign, CampaignState.DRAFT, CampaignState.PAUSED)
    _ensure_has_entries(campaign)
    _ensure_sorted(campaign)
    _move(campaign, CampaignState.RUNNING)


def pause(club_id: int, campaign_id: int) -> None:
    """Stop handing out members; calls that are going on end as they end. Raises CampaignStateError."""
    campaign = get(club_id, campaign_id)
    _ensure_state(campaign, CampaignState.RUNNING)
    _move(campaign, CampaignState.PAUSED)


def close(club_id: int, campaign_id: int, *, now: datetime) -> None:
    """End a campaign for good: whoever still waits is closed with the outcome so far. Raises CampaignStateError."""
    campaign = get(club_id, campaign_id)
    _ensure_state(campaign, CampaignState.DRAFT, CampaignState.RUNNING, CampaignState.PAUSED)
    _move(campaign, CampaignState.CLOSED)
    closing.close_campaign(campaign_id, now=now)


def get(club_id: int, campaign_id: int) -> Campaign:
    """A club's campaign, locked until the transaction ends. Raises NotFoundError."""
    campaign = db.session.get(Campaign, campaign_id, with_for_update=True)
    if campaign is None or campaign.club_id != club_id:
        raise NotFoundError(f"Club {club_id} has no campaign {campaign_id}.")
    return campaign


_PLAN_FIELDS = tuple(Plan.__dataclass_fields__)


def _move(campaign: Campaign, state: CampaignState) -> None:
    campaign.state = state
    publish_after_commit(f"floor:{campaign.club_id}", {"kind": "campaign", "campaign_id": campaign.id, "state": state})


def _ensure_state(campaign: Campaign, *states: CampaignState) -> None:
    if campaign.state not in states:
        raise CampaignStateError(f"Campaign {campaign.id} is {campaign.state}.")


def _ensure_has_entries(campaign: Campaign) -> None:
    if not db.session.scalar(select(exists().where(QueueEntry.campaign_id == campaign.id))):
        raise CampaignEmptyError(f"Campaign {campaign.id} has no members.")


def _ensure_sorted(campaign: Campaign) -> None:
    """Until the members of a draft are drawn for its quota cells, some are in a wrong one or in none."""
    if campaign.state is not CampaignState.DRAFT or not kinds_of(campaign.id):
        return
    run = jobs.last_run(campaign.id)
    if run is not None and run.state is not JobState.DONE:
        raise CampaignNotDrawnError(f"The members of campaign {campaign.id} are not drawn for its quota cells.")


def _ensure_name_is_free(club_id: int, name: str) -> None:
    if db.session.scalar(select(exists().where(Campaign.club_id == club_id, Campaign.name == name))):
        raise InvalidInputError("name", "another campaign of the club has this name")


def _ensure_published(club_id: int, version_id: int) -> None:
    if version_id not in {line.id for line in surveys.published(club_id)}:
        raise InvalidInputError("version_id", "the club has no such published survey")


def _ensure_in_club(field: str, plan: Plan, there: Sequence[Named]) -> None:
    if not {one.id for one in there}.issuperset(plan.sample.get(field, [])):
        raise InvalidInputError(field, "the club has none of that id")


def _ensure_in_order(plan: Plan) -> None:
    if plan.opens_at >= plan.closes_at:
        raise InvalidInputError("closes_at", "calling must end after it begins")
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise InvalidInputError("ends_on", "the last day lies before the first")
