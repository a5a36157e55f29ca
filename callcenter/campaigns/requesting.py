"""Asking for a build: a row that a person can find again, and the job behind it."""

from __future__ import annotations

from callcenter.campaigns import running
from callcenter.campaigns.errors import CampaignStateError
from callcenter.campaigns.jobs import KIND
from callcenter.campaigns.models import CampaignState
from club.members import queries as members
from config.jobs import runs
from config.jobs.queueing import enqueue_after_commit

BUILD_SECONDS = 3600


def request_build(club_id: int, campaign_id: int, *, user_id: int | None) -> int:
    """Begin to draw members into the campaign's queue; returns the id of the run. Raises CampaignStateError."""
    campaign = running.get(club_id, campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise CampaignStateError(f"Campaign {campaign_id} is closed.")
    parameters = {"campaign_id": campaign_id, "total": members.count(club_id)}
    run_id = runs.start(club_id, user_id=user_id, kind=KIND, title=campaign.name, parameters=parameters)
    enqueue_after_commit("callcenter.campaigns.jobs.build", run_id, timeout_seconds=BUILD_SECONDS)
    return run_id
