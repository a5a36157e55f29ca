"""Asking for a build: a row that a person can find again, and the job behind it."""

from __future__ import annotations

from callcenter.campaigns import jobs
from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.models import CampaignState
from club.members import queries as members
from config.jobs import runs


def request_build(club_id: int, campaign_id: int, *, user_id: int | None) -> int:
    """Begin to draw members into the campaign's queue; returns the id of the run. Raises CampaignStateError."""
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    parameters = {"campaign_id": campaign_id, "total": members.count(club_id)}
    run_id = runs.start(club_id, user_id=user_id, kind=jobs.KIND, title=campaign.name, parameters=parameters)
    jobs.start_after_commit(run_id)
    return run_id
