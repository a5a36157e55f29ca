"""The clock's work for the recordings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from callcenter.recordings import collecting
from callcenter.recordings import deleting
from callcenter.recordings.errors import NoSoundError
from callcenter.recordings.models import DeletionReason
from callcenter.recordings.places import folder
from config.database import db
from config.database import utcnow

log = logging.getLogger(__name__)


def collect() -> None:
    """Find the files of the calls that are over, and throw away what a member withdrew."""
    where, now = folder(), utcnow()
    if where.is_dir():
        _each(collecting.waiting(now=now), lambda one: collecting.collect(one, where))
    elif collecting.waiting(now=now):
        # The wrong folder, or a disk that is away, is no reason to call every recording lost.
        log.error("the recordings cannot be found: there is no folder %s (HAMSEDA_RECORDINGS)", where)
    forget = partial(deleting.delete, folder=where, reason=DeletionReason.WITHDRAWN, now=now)
    _each(deleting.withdrawn(now=now), forget)


def delete_expired() -> None:
    """Throw away what the clubs have kept long enough."""
    now = utcnow()
    forget = partial(deleting.delete, folder=folder(), reason=DeletionReason.EXPIRED, now=now)
    _each(deleting.expired(now=now), forget)


def _each(ids: list[int], work: Callable[[int], None]) -> None:
    """Each in a transaction of its own: a file that cannot be touched stops no other."""
    db.session.commit()
    for recording_id in ids:
        try:
            work(recording_id)
            db.session.commit()
        except OSError:
            db.session.rollback()
            log.exception("recording %s could not be touched", recording_id)
        except NoSoundError:
            # Somebody threw it away by hand in this moment.
            db.session.rollback()
