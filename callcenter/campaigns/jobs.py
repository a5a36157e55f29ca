"""Building a queue as a job: chunk by chunk, each committed, so that a killed worker goes on where it stopped."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from callcenter.campaigns import building
from callcenter.campaigns.building import Tally
from config.database import db
from config.database import utcnow
from config.errors import HamsedaError
from config.jobs import runs
from config.jobs.models import JobRun
from config.jobs.models import JobState
from config.jobs.queueing import ENDS_ITS_RUN
from config.jobs.queueing import enqueue
from config.jobs.queueing import enqueue_after_commit
from config.live import publish_after_commit

KIND = "campaign_build"
JOB = "callcenter.campaigns.jobs.build"
TIMEOUT_SECONDS = 3600
WAITS_TOO_LONG = timedelta(minutes=10)


def start_after_commit(run_id: int) -> None:
    """Queue the build of a run once the current transaction has committed."""
    enqueue_after_commit(JOB, run_id, timeout_seconds=TIMEOUT_SECONDS, on_failure=ENDS_ITS_RUN)


def requeue_waiting() -> None:
    """Queue the builds again that never reached a worker, because Redis was away when they were asked for."""
    for run_id in runs.waiting(KIND, since_before=utcnow() - WAITS_TOO_LONG):
        enqueue(JOB, run_id, timeout_seconds=TIMEOUT_SECONDS, on_failure=ENDS_ITS_RUN)
    db.session.rollback()


def last_run(campaign_id: int) -> JobRun | None:
    """The newest build of a campaign, whatever came of it."""
    return db.session.scalar(
        select(JobRun)
        .where(JobRun.kind == KIND, JobRun.parameters["campaign_id"].as_integer() == campaign_id)
        .order_by(JobRun.id.desc())
        .limit(1)
    )


def build(run_id: int) -> None:
    """Build the campaign of a run; a run that is over is left alone."""
    run = runs.get(run_id)
    if run.state in {JobState.DONE, JobState.FAILED}:
        return
    runs.begin(run_id)
    db.session.commit()
    try:
        report = _draw_all(run_id)
    except HamsedaError as error:
        db.session.rollback()
        runs.fail(run_id, error=error.code, now=utcnow())
    else:
        runs.finish(run_id, report=report, now=utcnow())
    db.session.commit()


def _draw_all(run_id: int) -> dict[str, object]:
    run = runs.get(run_id)
    campaign_id, total = run.parameters["campaign_id"], run.parameters["total"]
    tally = Tally.from_dict(run.parameters.get("tally", {}))
    has_more = True
    while has_more:
        has_more = building.add_chunk(campaign_id, tally, now=utcnow())
        # Kept with the chunk's own rows: whoever goes on after a crash counts nobody twice.
        run = runs.get(run_id)
        run.parameters = {**run.parameters, "tally": tally.as_dict()}
        db.session.commit()
        runs.tell_progress(run_id, tally.seen, total)
    building.finish(campaign_id, tally, now=utcnow())
    publish_after_commit(f"floor:{run.club_id}", {"kind": "campaign", "campaign_id": campaign_id})
    return tally.as_dict()
