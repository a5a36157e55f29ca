"""The attempts of entries whose last one reached nobody: the next is made in another part of the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.calls.aapor import BUSY
from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.models import Call
from config.database import db


@dataclass(frozen=True)
class Tried:
    """When an entry's member was dialled, oldest first, and what came of the last call, when."""

    at: Sequence[datetime]
    disposition: str
    disposed_at: datetime

    @property
    def unreached(self) -> Sequence[datetime]:
        """All attempts when the last one reached nobody; a busy member sits beside the phone, and is tried soon."""
        return () if OUTCOMES[self.disposition].is_contacted or self.disposition == BUSY else self.at


def of_entries(entry_ids: Sequence[int]) -> dict[int, Tried]:
    """The attempts of those of the entries that have calls with an outcome."""
    rows = db.session.execute(
        select(Call.entry_id, Call.member_dialled_at, Call.disposition, Call.disposed_at)
        .where(Call.entry_id.in_(entry_ids), Call.disposition.is_not(None), Call.disposed_at.is_not(None))
        .order_by(Call.id)
    )
    calls = defaultdict(list)
    for row in rows:
        calls[row.entry_id].append(row)
    return {
        entry_id: Tried(
            [row.member_dialled_at for row in found if row.member_dialled_at is not None],
            found[-1].disposition,
            found[-1].disposed_at,
        )
        for entry_id, found in calls.items()
    }
