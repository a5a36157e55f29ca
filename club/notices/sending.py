"""Texts from the outbox to the gateways: each is claimed by one worker, tried again with growing pauses, then given up.

A claim is a lease: the text of a worker that dies is tried again when the lease ends. A worker killed between the
gateway's yes and its own commit is the one case in which a member may get a text twice; the log then says so. The other
order, never to send again what may have been sent, would lose the text of every worker that is killed before.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import update

from club.notices.errors import NotSentError
from club.notices.models import Notice
from club.notices.models import NoticeState
from config.database import db

if TYPE_CHECKING:
    from datetime import datetime

    from club.notices.gateways import Gateway

log = logging.getLogger(__name__)
# Longer than any gateway's own time-out.
LEASE = timedelta(minutes=10)
# The pause after each failed attempt; after the last attempt the text has failed.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
MOST_ATTEMPTS = len(PAUSES) + 1


@dataclass(frozen=True)
class Claimed:
    """A text in the hands of one worker."""

    id: int
    phone: str
    text: str
    attempt_count: int


def claim_next(*, now: datetime) -> Claimed | None:
    """Take the due text that has waited longest, in one statement, so that no two workers hold the same one."""
    due = (
        select(Notice.id)
        .where(Notice.state == NoticeState.PENDING, Notice.next_attempt_at <= now)
        .order_by(Notice.next_attempt_at, Notice.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = (
        update(Notice)
        .where(Notice.id == due, Notice.state == NoticeState.PENDING)
        .values(attempt_count=Notice.attempt_count + 1, next_attempt_at=now + LEASE)
        .returning(Notice.id, Notice.phone, Notice.text, Notice.attempt_count, Notice.last_error)
        .execution_options(synchronize_session=False)
    )
    row = db.session.execute(taken).one_or_none()
    if row is None:
        return None
    if row.attempt_count > 1 and row.last_error is None:
        log.warning("notice %s is sent again: a worker died over it, and the member may get it twice", row.id)
    return Claimed(row.id, row.phone, row.text, row.attempt_count)


def deliver(claimed: Claimed, gateway: Gateway) -> str | None:
    """Send a claimed text, outside any transaction; gives the reason when it was not taken."""
    try:
        gateway.send(claimed.phone, claimed.text)
    except NotSentError as error:
        log.warning("notice %s not sent (attempt %s): %s", claimed.id, claimed.attempt_count, error)
        return str(error)
    return None


def settle(claimed: Claimed, failure: str | None, *, now: datetime) -> None:
    """Keep what came of the attempt: sent, due again after a pause, or failed for good."""
    notice = db.session.get_one(Notice, claimed.id)
    notice.last_error = failure
    if failure is None:
        notice.state, notice.sent_at = NoticeState.SENT, now
    elif claimed.attempt_count >= MOST_ATTEMPTS:
        notice.state = NoticeState.FAILED
        log.error("notice %s given up after %s attempts", claimed.id, claimed.attempt_count)
    else:
        notice.next_attempt_at = now + PAUSES[claimed.attempt_count - 1]
