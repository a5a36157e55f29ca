"""Building a queue as a job: chunk by chunk, each committed, so that a killed worker goes on where it stopped."""

from __future__ import annotations

from callcenter.campaigns import building
from callcenter.campaigns.building import Tally
from config.database import db
from config.database import utcnow
from config.errors import HamsedaError
from config.jobs import runs
from config.jobs.models import JobState
from config.live import publish_after_commit

KIND = "campaign_build"


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
