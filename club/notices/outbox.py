"""The outbox: a text is a row in the transaction of the fact it tells, and leaves the house after the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from club.notices.models import Notice
from config.database import db
from config.jobs.queueing import enqueue_after_commit

if TYPE_CHECKING:
    from datetime import datetime

SEND_JOB = "club.notices.jobs.send_pending"


def write(club_id: int, member_id: int, *, kind: str, source_id: int, phone: str, text: str, now: datetime) -> None:
    """Put one text into the outbox. The same fact (kind and source id) is told once: a second text is dropped."""
    told = select(Notice.id).where(Notice.kind == kind, Notice.source_id == source_id)
    if db.session.scalar(told) is not None:
        return
    notice = Notice(
        club_id=club_id,
        member_id=member_id,
        kind=kind,
        source_id=source_id,
        phone=phone,
        text=text,
        next_attempt_at=now,
        created_at=now,
    )
    db.session.add(notice)
    db.session.flush()
    enqueue_after_commit(SEND_JOB, queue="notices")
