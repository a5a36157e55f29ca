"""A campaign calls by the best time, or does not."""

from __future__ import annotations

from callcenter.besttime import jobs
from callcenter.besttime import ranking
from callcenter.campaigns import running


def switch(club_id: int, campaign_id: int, *, is_on: bool) -> None:
    """Let a campaign call by the best time, or take its members' places back. Raises NotFoundError."""
    running.get(club_id, campaign_id).best_time = is_on
    if is_on:
        jobs.rank_after_commit(campaign_id)
    else:
        ranking.forget(campaign_id)
