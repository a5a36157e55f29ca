from __future__ import annotations

import pytest
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from config.database import db
from config.jobs import queueing
from config.jobs import runs
from config.jobs.models import JobState
from config.live import quick_redis


@pytest.fixture
def run_id(app, factories):
    run_id = runs.start(factories.club().id, user_id=None, kind="import", title="members.csv", parameters={})
    db.session.commit()
    return run_id


def crash(_run_id):
    db.session.execute(db.text("SELECT 1"))
    raise RuntimeError("nobody foresaw this")


def work():
    """Do what is queued, in this process."""
    SimpleWorker([queueing.queue_named("imports")], connection=quick_redis(), serializer=JSONSerializer).work(
        burst=True, with_scheduler=False
    )


def give(run_id):
    queueing.enqueue(f"{__name__}.crash", run_id, queue="imports", on_failure=queueing.ENDS_ITS_RUN)


def test_a_job_that_fails_for_good_ends_its_run(app, run_id, monkeypatch):
    monkeypatch.setattr(queueing, "RETRY_SECONDS", [0, 0])

    give(run_id)
    work()

    run = runs.get(run_id)
    assert (run.state, run.error) == (JobState.FAILED, runs.CRASHED)
    assert run.finished_at is not None


def test_a_job_that_is_tried_again_leaves_its_run_open(app, run_id, monkeypatch):
    monkeypatch.setattr(queueing, "RETRY_SECONDS", [3600])

    give(run_id)
    work()

    assert runs.get(run_id).state is JobState.WAITING
