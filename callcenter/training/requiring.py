"""Which campaigns give their members to certified operators alone. Nothing here commits."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy import select

from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.training import families
from callcenter.training.models import CampaignCertificate
from config.database import db


def is_needed(campaign_id: int) -> bool:
    """Whether operators need a certificate for a campaign."""
    return db.session.get(CampaignCertificate, campaign_id) is not None


def campaigns_of(survey_id: int) -> list[int]:
    """The campaigns that ask for a certificate of a survey."""
    return list(
        db.session.scalars(select(CampaignCertificate.campaign_id).where(CampaignCertificate.survey_id == survey_id))
    )


def keep(club_id: int, campaign_id: int, *, is_wanted: bool) -> None:
    """Let a campaign ask for a certificate, or not; it holds from the next member on.

    Raises NotFoundError, and CampaignStateError for a closed campaign.
    """
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    db.session.execute(delete(CampaignCertificate).where(CampaignCertificate.campaign_id == campaign_id))
    if is_wanted:
        db.session.add(_asked(campaign))
    db.session.flush()


def compute(club_id: int) -> None:
    """Look anew from which version on certificates count for the campaigns of a club: its rule has changed."""
    rows = db.session.execute(
        select(Campaign, CampaignCertificate)
        .join(CampaignCertificate, CampaignCertificate.campaign_id == Campaign.id)
        .where(Campaign.club_id == club_id, Campaign.state != CampaignState.CLOSED)
    )
    for campaign, asked in rows.all():
        asked.from_number = _asked(campaign).from_number
    db.session.flush()


def _asked(campaign: Campaign) -> CampaignCertificate:
    family = families.of_version(campaign.club_id, campaign.version_id)
    return CampaignCertificate(
        campaign_id=campaign.id,
        club_id=campaign.club_id,
        survey_id=family.survey_id,
        from_number=family.counts_from(family.number_of(campaign.version_id)),
    )
