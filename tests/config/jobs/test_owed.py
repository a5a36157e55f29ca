from __future__ import annotations

from datetime import timedelta

import fakeredis
import pytest
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from sqlalchemy import select
from sqlalchemy import update

from config.database import db
from config.database import utcnow
from config.jobs import owed
from config.jobs import queueing
from config.jobs.models import OwedJob
from config.live import quick_redis

done = []


def note(*ids):
    done.append(ids)


def fail(*ids):
    done.append(ids)
    raise RuntimeError("nobody foresaw this")


@pytest.fixture(autouse=True)
def _nothing_done():
    done.clear()


@pytest.fixture
def redis_server(app, monkeypatch):
    server = fakeredis.FakeServer()
    monkeypatch.setitem(app.extensions, "hamseda_redis", fakeredis.FakeStrictRedis(server=server))
    return server


def owe(function, *ids):
    owed.owe(f"{__name__}:{function}", *ids)
    db.session.commit()


def work():
    """Do what is queued, in this process."""
    SimpleWorker([queueing.queue_named("default")], connection=quick_redis(), serializer=JSONSerializer).work(
        burst=True, with_scheduler=False
    )


def time_passes(**span):
    db.session.execute(update(OwedJob).values(due_at=utcnow() - timedelta(**span)))
    db.session.commit()


def rest():
    return db.session.scalars(select(OwedJob).execution_options(populate_existing=True)).all()


def test_what_is_owed_is_done_once_the_transaction_has_committed(redis_server):
    owe("note", 7, 8)
    work()

    assert done == [(7, 8)]
    assert not rest()


def test_after_a_rollback_nothing_is_owed(redis_server):
    owed.owe(f"{__name__}:note", 7)
    db.session.rollback()
    work()

    assert (done, rest()) == ([], [])


def test_a_redis_that_is_away_at_that_moment_loses_nothing(redis_server):
    redis_server.connected = False
    owe("note", 7)
    redis_server.connected = True
    work()
    owed.queue_again()
    work()
    assert done == []

    time_passes(seconds=1)
    owed.queue_again()
    work()

    assert done == [(7,)]
    assert not rest()


def test_what_waits_in_the_queue_twice_is_done_once(redis_server):
    owe("note", 7)
    time_passes(seconds=1)
    owed.queue_again()
    work()

    assert done == [(7,)]


def test_what_somebody_is_at_is_not_begun_by_another(redis_server):
    owe("note", 7)
    [job] = rest()
    job.is_begun = True
    db.session.commit()

    owed.do(job.id)

    assert done == []


def test_whoever_began_and_was_killed_is_followed_by_another(redis_server):
    owe("note", 7)
    work_of_the_dead = quick_redis()
    work_of_the_dead.flushall()
    [job] = rest()
    job.is_begun, job.due_at = True, utcnow() - timedelta(seconds=1)
    db.session.commit()

    owed.queue_again()
    work()

    assert done == [(7,)]


def test_what_fails_is_owed_still_and_waits_longer_each_time(redis_server):
    owe("fail", 7)
    waits = []
    for _ in range(2):
        work()
        [job] = rest()
        waits.append(job.due_at - utcnow())
        assert not job.is_begun
        time_passes(seconds=1)
        owed.queue_again()

    assert done == [(7,), (7,)]
    assert waits[1] > waits[0] > timedelta()


def test_what_has_failed_for_weeks_is_tried_every_hour(redis_server):
    owe("fail", 7)
    [job] = rest()
    job.tries = 1000
    db.session.commit()

    work()

    [job] = rest()
    assert not job.is_begun
    assert timedelta(minutes=30) < job.due_at - utcnow() <= timedelta(hours=1)


def test_who_fails_at_what_another_did_meanwhile_leaves_it_done(redis_server, monkeypatch):
    owe("fail", 7)
    [job] = rest()

    def finished_elsewhere(*_ids):
        db.session.delete(db.session.get(OwedJob, job.id))
        db.session.commit()
        raise RuntimeError("too late")

    monkeypatch.setattr(f"{__name__}.fail", finished_elsewhere)
    owed.do(job.id)

    assert rest() == []
