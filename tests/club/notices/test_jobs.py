from __future__ import annotations

from datetime import UTC
from datetime import datetime

from sqlalchemy import select

from club.notices import jobs
from club.notices import outbox
from club.notices.models import Notice
from club.notices.models import NoticeState
from config.database import db
from config.jobs.queueing import queue_named

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def write(member, source_id=1, text="سلام"):
    outbox.write(member.club_id, member.id, kind="test", source_id=source_id, phone=member.phone, text=text, now=NOW)


def test_the_job_sends_all_that_is_due_into_the_log(app, factories):
    member = factories.member(factories.club())
    write(member, 1, "یک")
    write(member, 2, "دو")
    db.session.commit()

    jobs.send_pending()

    log = (app.config["HOME"] / "log" / "notices.log").read_text(encoding="utf-8").splitlines()
    assert [line.count("یک") + line.count("دو") for line in log[-2:]] == [1, 1]
    assert set(db.session.scalars(select(Notice.state))) == {NoticeState.SENT}


def test_a_fact_is_told_once(app, factories):
    member = factories.member(factories.club())

    write(member, text="یک")
    write(member, text="دو")

    assert db.session.scalars(select(Notice.text)).all() == ["یک"]


def test_the_job_is_queued_when_the_text_has_been_committed_and_not_before(app, factories):
    member = factories.member(factories.club())

    write(member)
    assert queue_named("notices").count == 0
    db.session.commit()

    assert [job.func_name for job in queue_named("notices").jobs] == [outbox.SEND_JOB]


def test_a_text_that_is_rolled_back_queues_nothing(app, factories):
    member = factories.member(factories.club())

    write(member)
    db.session.rollback()
    db.session.commit()

    assert queue_named("notices").count == 0
