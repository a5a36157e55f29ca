"""Building a campaign's queue from many members, as the job does it, beside the bare INSERT ... SELECT."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy import text

from benchmarks import crowd
from benchmarks import servers
from benchmarks.harness import Result
from callcenter.campaigns import building
from callcenter.campaigns.building import Tally
from callcenter.queue.models import QueueEntry
from config import aftercommit
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.crowd import Crowd

MEMBERS = {"small": 50_000, "full": 1_000_000}
# Of a million; a smaller club is measured by its share.
BUDGET_SECONDS = 20.0
MILLION = 1_000_000


def measure(size: str) -> Result:
    """Draw every member into the queue of a new campaign."""
    count = MEMBERS[size]
    with servers.house() as house:
        if house.database != "postgresql":
            raise SystemExit("the benchmark of the build needs PostgreSQL")
        made = crowd.make(house.app, operators=1, members=count, is_queued=False)
        with house.app.app_context():
            built = _timed(lambda: _build(made))
            queued = db.session.scalar(select(func.count()).where(QueueEntry.campaign_id == made.campaign_id)) or 0
            db.session.execute(text("DELETE FROM queue_entries WHERE campaign_id = :id"), {"id": made.campaign_id})
            db.session.commit()
            bare = _timed(lambda: _bare(made))
            db.session.remove()
    budget = BUDGET_SECONDS * count / MILLION
    print(f"{queued} of {count} members queued")
    return Result(
        name="build",
        measured={"seconds": built, "per_second": queued / built, "bare_seconds": bare, "queued": queued},
        budget={"seconds": budget},
        ratio=built / bare,
        ok=built < budget and queued >= count,
    )


def _build(made: Crowd) -> None:
    tally, has_more = Tally(), True
    while has_more:
        has_more = building.add_chunk(made.campaign_id, tally, now=utcnow())
        aftercommit.forget()
        db.session.commit()
    building.finish(made.campaign_id, tally, now=utcnow())
    db.session.commit()


def _bare(made: Crowd) -> None:
    db.session.execute(text(crowd.ENTRIES), {"campaign_id": made.campaign_id, "club_id": made.club_id})
    db.session.commit()


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
