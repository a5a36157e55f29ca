"""The clock's work for the queue."""

from __future__ import annotations

import logging
from datetime import datetime

from callcenter.calls import disposing
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue import leaving
from callcenter.queue import promises
from callcenter.queue import queries
from callcenter.queue.errors import LeaseLostError
from config.database import db
from config.database import utcnow
from config.live import publish_after_commit

log = logging.getLogger(__name__)
REASON = "lease_expired"


def release_expired() -> None:
    """Give back every entry whose lease ran out, each in a transaction of its own."""
    now = utcnow()
    waiting = leases.expired(now)
    db.session.commit()
    for entry_id, operator_id in waiting:
        release(entry_id, operator_id, now=now)
        db.session.commit()


def release(entry_id: int, operator_id: int, *, now: datetime) -> None:
    """Take one expired entry back, with the outcome that its last call still owes; its operator leaves the queue."""
    try:
        leases.ensure_expired(entry_id, now=now)
    except LeaseLostError:
        # The operator was at work in this very moment.
        return
    disposing.dispose_abandoned(entry_id, now=now)
    if queries.held_by(operator_id) == entry_id:
        leases.release(entry_id, operator_id=operator_id)
    states.change(operator_id, OperatorState.OFF, reason=REASON, now=now)
    log.info("the lease of entry %s ran out; operator %s left the queue", entry_id, operator_id)


def sign_off_silent() -> None:
    """Sign off those whose screen was silent too long, each in a transaction of its own; their members wait again."""
    now = utcnow()
    silent = states.too_long_silent(now=now)
    db.session.commit()
    for operator_id in silent:
        # First the member, then the operator: calls lock them in this order too.
        if leaving.take_back(operator_id, now=now) and states.is_too_long_silent(operator_id, now=now):
            states.change(operator_id, OperatorState.OFF, reason=states.SILENT, now=now)
            db.session.commit()
            log.info("operator %s was silent too long and is signed off", operator_id)
        else:
            # They are on the line, or came back in this very moment.
            db.session.rollback()


def mark_missed_callbacks() -> None:
    """Give the promised calls whose time has gone by to anybody, and let the floors count them."""
    for club_id in promises.mark_missed(now=utcnow()):
        publish_after_commit(f"floor:{club_id}", {"kind": "callback_missed", "club_id": club_id})
    db.session.commit()
