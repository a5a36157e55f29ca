from __future__ import annotations

import threading
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from sqlalchemy import select

from club.notices import sending
from club.notices.errors import NotSentError
from club.notices.models import Notice
from club.notices.models import NoticeState
from config.database import db

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


class Recording:
    """A gateway that keeps what it sent, and refuses while it is closed."""

    def __init__(self, *, is_open=True):
        self.sent = []
        self.is_open = is_open

    def send(self, phone, text):
        if not self.is_open:
            raise NotSentError("closed")
        self.sent.append((phone, text))


@pytest.fixture
def notice(app, factories):
    member = factories.member(factories.club())

    def make(**fields):
        return factories.notice(member, **{"next_attempt_at": NOW, **fields}).id

    return make


def attempt(gateway, now):
    """One round of what the job does; whether there was anything to do."""
    claimed = sending.claim_next(now=now)
    db.session.commit()
    if claimed is None:
        return False
    sending.settle(claimed, sending.deliver(claimed, gateway), now=now)
    db.session.commit()
    return True


def test_a_due_text_is_sent_and_marked(notice):
    row_id, gateway = notice(text="سلام", phone="+989121234567"), Recording()

    attempt(gateway, NOW)

    row = db.session.get(Notice, row_id)
    assert gateway.sent == [("+989121234567", "سلام")]
    assert (row.state, row.sent_at, row.attempt_count) == (NoticeState.SENT, NOW, 1)


def test_only_texts_that_are_pending_and_due_are_claimed(notice):
    notice(state=NoticeState.SENT)
    notice(state=NoticeState.FAILED)
    notice(next_attempt_at=NOW + timedelta(seconds=1))

    assert sending.claim_next(now=NOW) is None


def test_the_text_that_has_waited_longest_comes_first(notice):
    later, first = notice(), notice(next_attempt_at=NOW - timedelta(minutes=1))

    assert [sending.claim_next(now=NOW).id, sending.claim_next(now=NOW).id] == [first, later]


def test_a_claimed_text_is_nobody_elses_until_its_lease_ends(notice):
    row_id = notice()
    sending.claim_next(now=NOW)
    db.session.commit()

    assert sending.claim_next(now=NOW + sending.LEASE - timedelta(seconds=1)) is None
    assert sending.claim_next(now=NOW + sending.LEASE).id == row_id


def test_a_refused_text_is_tried_again_after_growing_pauses_and_then_given_up(notice):
    row_id, gateway, now = notice(), Recording(is_open=False), NOW

    for pause in sending.PAUSES:
        assert attempt(gateway, now)
        row = db.session.get(Notice, row_id)
        assert (row.state, row.next_attempt_at, row.last_error) == (NoticeState.PENDING, now + pause, "closed")
        assert not attempt(gateway, now + pause - timedelta(seconds=1))
        now += pause
    attempt(gateway, now)

    row = db.session.get(Notice, row_id)
    assert (row.state, row.attempt_count) == (NoticeState.FAILED, sending.MOST_ATTEMPTS)
    assert not attempt(gateway, now + timedelta(days=30))


def test_a_text_that_goes_out_at_last_forgets_its_error(notice):
    row_id, gateway = notice(), Recording(is_open=False)
    attempt(gateway, NOW)
    gateway.is_open = True

    attempt(gateway, NOW + sending.PAUSES[0])

    row = db.session.get(Notice, row_id)
    assert (row.state, row.last_error, row.attempt_count) == (NoticeState.SENT, None, 2)


def test_workers_at_once_send_every_text_once(app, notice):
    rows = [notice(text=str(number)) for number in range(60)]
    db.session.rollback()
    gateway, together = Recording(), threading.Barrier(4)

    def work():
        with app.app_context():
            together.wait(timeout=120)
            while attempt(gateway, NOW):
                pass

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(int(text) for _, text in gateway.sent) == list(range(60))
    states = db.session.scalars(select(Notice.state).where(Notice.id.in_(rows))).all()
    assert set(states) == {NoticeState.SENT}


def test_a_text_that_may_arrive_twice_is_said_in_the_log(notice, caplog):
    notice()
    sending.claim_next(now=NOW)
    assert "twice" not in caplog.text

    sending.claim_next(now=NOW + sending.LEASE)

    assert "may get it twice" in caplog.text
