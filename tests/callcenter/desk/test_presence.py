"""Being there is noted before the act, and let go: an act that waits for its call holds nobody else up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy import update

from callcenter.operators.models import Operator
from callcenter.queue.models import QueueEntry
from config.database import db
from config.database import utcnow
from tests.support.waiting import BOUND_SECONDS
from tests.support.waiting import wait_until_somebody_waits

INTERVIEW = "SELECT 1 FROM responses WHERE id = :response FOR NO KEY UPDATE"
AFTER = (
    "SELECT 1 FROM queue_entries WHERE id = :entry FOR NO KEY UPDATE NOWAIT",
    "SELECT 1 FROM operators WHERE user_id = :operator FOR NO KEY UPDATE NOWAIT",
)


# SQLite has one writer: nobody waits in a circle.
@pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)
@pytest.mark.parametrize("act", ["next", "speak/en"])
def test_who_waits_for_the_interview_holds_neither_the_member_nor_the_operator(
    app, desk, place, answered, go_through, act
):
    form = {"response_id": go_through("price_paid"), "question": "price_paid"}
    desk.act("answer", value="4", **form)
    ids = {"response": form["response_id"], "entry": answered.id, "operator": place.operator.id}
    db.session.execute(update(Operator).values(seen_at=None))
    db.session.execute(update(QueueEntry).values(lease_until=utcnow() + timedelta(minutes=1)))
    db.session.commit()

    def do():
        with app.app_context():
            return desk.act(act, **form)

    with ThreadPoolExecutor(1) as pool:
        assert db.session.execute(text(INTERVIEW), ids).all()
        done = pool.submit(do)
        try:
            wait_until_somebody_waits()
            for row in AFTER:
                assert db.session.execute(text(row), ids).all()
        finally:
            db.session.rollback()
        assert done.result(timeout=BOUND_SECONDS)
