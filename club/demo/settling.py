"""Puts the demo's past where it belongs: texts that went out long ago, promises made in the call itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy import update

from club.credit.models import CreditPromise
from club.credit.models import LedgerEntry
from club.notices.models import Notice
from club.notices.models import NoticeState
from config.database import db

SENT_AFTER = timedelta(seconds=20)


def settle(club_id: int) -> None:
    """Take every waiting text of the club for sent, and date each promise as the award that paid it."""
    waiting = select(Notice.id, Notice.created_at).where(Notice.club_id == club_id, Notice.state == NoticeState.PENDING)
    texts = [
        {"id": notice_id, "state": NoticeState.SENT, "attempt_count": 1, "sent_at": created_at + SENT_AFTER}
        for notice_id, created_at in db.session.execute(waiting)
    ]
    if texts:
        db.session.execute(update(Notice), texts)
    paid_at = (
        select(LedgerEntry.created_at)
        .where(LedgerEntry.source == CreditPromise.source, LedgerEntry.source_id == CreditPromise.source_id)
        .scalar_subquery()
    )
    db.session.execute(
        update(CreditPromise)
        .where(CreditPromise.club_id == club_id, paid_at.is_not(None))
        .values(created_at=paid_at)
        .execution_options(synchronize_session=False)
    )
