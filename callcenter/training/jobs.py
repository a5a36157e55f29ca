"""The clock's work for training."""

from __future__ import annotations

import logging

from callcenter.training import releasing
from config.database import db
from config.database import utcnow
from config.live import publish_after_commit

log = logging.getLogger(__name__)


def release_promises() -> None:
    """Give calls that operators promised to make themselves to anybody, where their certificate has ended since."""
    for operator_id, club_id in sorted(releasing.release_uncertified(now=utcnow())):
        news = {"kind": "promises_released", "operator_id": operator_id, "club_id": club_id}
        publish_after_commit(f"operator:{operator_id}", news)
        publish_after_commit(f"floor:{club_id}", news)
        log.info("operator %s lacks a certificate; their promised calls of club %s are anybody's", operator_id, club_id)
    db.session.commit()
