"""Taking an entry of the ledger back: a row against it, never a change of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from club.credit.errors import AlreadyReversedError
from club.credit.errors import NotReversibleError
from club.credit.models import EntryKind
from club.credit.models import LedgerEntry
from config.database import add_if_new
from config.database import db
from config.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)
SOURCE = "reversal"


def reverse(entry_id: int, *, club_id: int, now: datetime) -> int:
    """Write the row that takes an entry back; returns its id. Never commits.

    Raises NotFoundError for an entry that is not this club's, NotReversibleError for a reversal, AlreadyReversedError
    when it has been taken back before.
    """
    entry = db.session.scalar(select(LedgerEntry).where(LedgerEntry.id == entry_id, LedgerEntry.club_id == club_id))
    if entry is None:
        raise NotFoundError("There is no such ledger entry here.")
    if entry.kind is EntryKind.REVERSE:
        raise NotReversibleError(f"Entry {entry_id} is itself a reversal.")
    row = LedgerEntry(
        club_id=club_id,
        member_id=entry.member_id,
        kind=EntryKind.REVERSE,
        amount_rial=-entry.amount_rial,
        source=SOURCE,
        source_id=entry_id,
        reverses_id=entry_id,
        created_at=now,
    )
    if not add_if_new(row):
        raise AlreadyReversedError(f"Entry {entry_id} has been reversed before.")
    log.info("entry %s of member %s reversed by %s", entry_id, entry.member_id, row.id)
    return row.id
