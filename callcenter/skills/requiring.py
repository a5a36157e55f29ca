"""The skills that every member of a campaign needs. Nothing here commits."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sqlalchemy import delete
from sqlalchemy import select

from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import CampaignState
from callcenter.queue.models import QueueEntry
from callcenter.skills import catalogue
from callcenter.skills import needs
from callcenter.skills.models import CampaignSkill
from config.database import db
from config.errors import NotFoundError


def of_campaign(campaign_id: int) -> set[str]:
    """The codes of the skills that a campaign asks for."""
    return set(db.session.scalars(select(CampaignSkill.skill).where(CampaignSkill.campaign_id == campaign_id)))


def keep(club_id: int, campaign_id: int, wanted: AbstractSet[str]) -> None:
    """Let a campaign ask for exactly these of the skills that count; its waiting members follow at once.

    Raises NotFoundError for a campaign that is not the club's and a skill that is not there, CampaignStateError for a
    closed campaign.
    """
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    used = {skill.code for skill in catalogue.used()}
    if not wanted <= used:
        raise NotFoundError(f"There are no such skills: {', '.join(sorted(wanted - used))}.")
    taken = CampaignSkill.skill.in_(used - wanted)
    db.session.execute(delete(CampaignSkill).where(CampaignSkill.campaign_id == campaign_id, taken))
    new = sorted(wanted - of_campaign(campaign_id))
    db.session.add_all(CampaignSkill(club_id=club_id, campaign_id=campaign_id, skill=code) for code in new)
    db.session.flush()
    needs.compute(QueueEntry.campaign_id == campaign_id)
