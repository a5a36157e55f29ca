"""The places of those who are due, made anew while the day goes on."""

from __future__ import annotations

from callcenter.besttime import ranking
from config.database import db
from config.database import utcnow
from config.jobs.queueing import enqueue
from config.jobs.queueing import enqueue_after_commit

JOB = "callcenter.besttime.jobs.rank"
TIMEOUT_SECONDS = 1800


def rank_all() -> None:
    """Queue the work of every campaign that calls by the best time."""
    for campaign_id in ranking.campaign_ids():
        enqueue(JOB, campaign_id, timeout_seconds=TIMEOUT_SECONDS)
    db.session.rollback()


def rank_after_commit(campaign_id: int) -> None:
    """Queue the work of one campaign once the current transaction has committed."""
    enqueue_after_commit(JOB, campaign_id, timeout_seconds=TIMEOUT_SECONDS)


def rank(campaign_id: int) -> None:
    """Give the due entries of a campaign their places, each chunk in a transaction of its own."""
    now = utcnow()
    believed = ranking.moment(campaign_id, now=now) if campaign_id in ranking.campaign_ids() else None
    if believed is None:
        db.session.rollback()
        return
    ranking.forget(campaign_id, due_after=now)
    last: int | None = 0
    while last is not None:
        last = ranking.rank_some(campaign_id, believed, after_id=last)
        db.session.commit()
