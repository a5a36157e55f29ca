"""Who waits for a row holds none that comes after it: else two who meet at one call could wait in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy import update

from callcenter.calls import disposing
from callcenter.calls import progress
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.campaigns.models import Campaign
from callcenter.desk import opening
from callcenter.desk import queries as desk
from callcenter.handover import moving
from callcenter.queue import jobs
from callcenter.queue import leaving
from callcenter.queue.models import QueueEntry
from callcenter.telephony.tracker import Track
from config.database import db
from config.database import utcnow
from surveys.questionnaires import publishing
from tests.support.calling import talk
from tests.support.waiting import BOUND_SECONDS
from tests.support.waiting import wait_until_somebody_waits

# SQLite has one writer: nobody waits in a circle.
pytestmark = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)

SURVEY = "recent_visit"
ENTRY = "SELECT 1 FROM queue_entries WHERE id = :entry FOR NO KEY UPDATE"
CALL = "SELECT 1 FROM calls WHERE id = :call FOR NO KEY UPDATE"
INTERVIEW = "SELECT 1 FROM responses WHERE entry_id = :entry FOR NO KEY UPDATE"


@pytest.fixture
def call(app, factories):
    """A call in which the two talk, with an interview; the lease of the member has run out."""
    live = talk(factories)
    version_id = publishing.publish_ready(live.club_id, SURVEY, now=utcnow())
    db.session.execute(update(Campaign).values(version_id=version_id))
    line = desk.own_call(live.operator_id, live.id)
    opening.open_interview(line, operator_id=live.operator_id, operator_name="نگار", language="fa", now=utcnow())
    db.session.get_one(QueueEntry, live.entry_id).lease_until = utcnow() - timedelta(minutes=1)
    db.session.commit()
    return live


def has_ended(call):
    row = db.session.get_one(Call, call.id)
    row.state, row.ended_at = CallState.ENDED, utcnow()


def was_not_answered(call):
    row = db.session.get_one(Call, call.id)
    row.state, row.connected_at = CallState.MEMBER_RINGING, None


def give_outcome(call, _taker_id):
    disposing.dispose(call.id, disposition="2.36", now=utcnow())


def line_ends(call, _taker_id):
    progress.record(call.id, Track(call.channel_id, originate_reason=8), told=(), now=utcnow())


def never_sent(call, _taker_id):
    progress.cancel(call.id, now=utcnow())


def lease_runs_out(call, _taker_id):
    jobs.release(call.entry_id, call.operator_id, now=utcnow())


def operator_leaves(call, _taker_id):
    leaving.take_back(call.operator_id, now=utcnow())


def is_handed_over(call, taker_id):
    moving.move(call.entry_id, call.id, from_id=call.operator_id, to_id=taker_id, now=utcnow())


@pytest.mark.parametrize(
    ("before", "act", "held", "after"),
    [
        (has_ended, give_outcome, ENTRY, CALL),
        (was_not_answered, line_ends, ENTRY, CALL),
        (was_not_answered, never_sent, ENTRY, CALL),
        (has_ended, lease_runs_out, ENTRY, CALL),
        (has_ended, operator_leaves, ENTRY, CALL),
        (has_ended, is_handed_over, ENTRY, CALL),
        (has_ended, is_handed_over, INTERVIEW, ENTRY),
    ],
)
def test_who_waits_holds_nothing_that_comes_after(app, factories, call, before, act, held, after):
    taker_id = factories.operator().id
    before(call)
    db.session.commit()
    ids = {"entry": call.entry_id, "call": call.id}

    def do() -> None:
        with app.app_context():
            act(call, taker_id)
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        assert db.session.execute(text(held), ids).all()
        done = pool.submit(do)
        try:
            wait_until_somebody_waits()
            assert db.session.execute(text(f"{after} NOWAIT"), ids).all()
        finally:
            db.session.rollback()
        done.result(timeout=BOUND_SECONDS)
