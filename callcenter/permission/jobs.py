"""Work for the worker: waiting entries move when a club's hours have changed."""

from __future__ import annotations

from callcenter.permission import retiming
from config.database import db
from config.database import utcnow
from config.jobs.owed import owe

JOB = "callcenter.permission.jobs:retime"
TIMEOUT_SECONDS = 3600


def retime_after_commit(club_id: int) -> None:
    """Have the work for a club done once the current transaction has committed.

    Until then nobody is called at a wrong hour, for a closed campaign hands out nobody; the next turns that screens
    show are old.
    """
    owe(JOB, club_id, timeout_seconds=TIMEOUT_SECONDS)


def retime(club_id: int) -> None:
    """Move the waiting entries of a club, each chunk in a transaction of its own."""
    for campaign_id in retiming.campaign_ids(club_id):
        last: int | None = 0
        while last is not None:
            last = retiming.move_some(campaign_id, after_id=last, now=utcnow())
            db.session.commit()
