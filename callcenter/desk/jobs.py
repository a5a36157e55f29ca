"""The clock's work for the desk."""

from __future__ import annotations

from callcenter.desk import skipping
from config.database import db
from config.database import utcnow


def release_undecided() -> None:
    """Give back the members whose operators let the time to decide run out, each in a transaction of its own.

    Their own desks do so to the second; this is for those that are closed.
    """
    looking = skipping.undecided()
    db.session.commit()
    for operator_id in looking:
        skipping.run_out(operator_id, now=utcnow())
        db.session.commit()
