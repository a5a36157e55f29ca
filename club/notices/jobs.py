"""The outbox as background work: after each commit that wrote a text, and every minute for those due again."""

from __future__ import annotations

from flask import current_app

from club.notices.gateways import gateways_for
from club.notices.sending import claim_next
from club.notices.sending import deliver
from club.notices.sending import settle
from config.database import db
from config.database import utcnow


def send_pending() -> None:
    """Send every text that is due. Any number of workers may do this at once."""
    gateways = gateways_for(current_app.config["NOTIFY_URLS"], current_app.config["HOME"])
    while (claimed := claim_next(now=utcnow())) is not None:
        db.session.commit()
        failure = deliver(claimed, gateways)
        settle(claimed, failure, now=utcnow())
        db.session.commit()
    db.session.rollback()
