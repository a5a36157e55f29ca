"""What was between the club and the member on the desk before: interviews, calls, notes, promises. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.campaigns.models import Campaign
from callcenter.desk import noting
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from config.accounts.models import User
from config.database import db
from surveys.interviews import history

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.interviews.history import HistoryItem

MOST_CALLS = 30
MOST_INTERVIEWS = 10


@dataclass(frozen=True)
class PastCall:
    """A call with the member: `outcome` is its AAPOR code; nobody answered when `connected_at` is None."""

    at: datetime
    connected_at: datetime | None
    ended_at: datetime | None
    outcome: str | None
    note: str
    operator: str
    campaign: str


@dataclass(frozen=True)
class PastEntry:
    """What a campaign's queue says of the member: the note, and the promised call, which may have been missed."""

    campaign: str
    note: str
    callback_at: datetime | None
    callback_until: datetime | None
    callback_missed_at: datetime | None


@dataclass(frozen=True)
class History:
    """All of it, the newest first."""

    interviews: list[HistoryItem]
    calls: list[PastCall]
    entries: list[PastEntry]


def of_entry(operator_id: int, entry_id: int) -> History:
    """The history of the member on the operator's desk. Raises StaleDeskError when they are not there (any more)."""
    entry = noting.on_desk(operator_id, entry_id)
    return History(
        interviews=history.history_of(entry.club_id, entry.member_id)[:MOST_INTERVIEWS],
        calls=_calls(entry.club_id, entry.member_id),
        entries=_entries(entry.club_id, entry.member_id),
    )


def _calls(club_id: int, member_id: int) -> list[PastCall]:
    rows = db.session.execute(
        select(
            Call.requested_at, Call.connected_at, Call.ended_at, Call.disposition, Call.note, User.name, Campaign.name
        )
        .join(User, User.id == Call.operator_id)
        .join(Campaign, Campaign.id == Call.campaign_id)
        .where(Call.club_id == club_id, Call.member_id == member_id)
        # What rang at the operator's own phone only, the member knows nothing of.
        .where(Call.member_dialled_at.is_not(None), Call.ended_at.is_not(None))
        .order_by(Call.id.desc())
        .limit(MOST_CALLS)
    )
    return [PastCall(*row) for row in rows]


def _entries(club_id: int, member_id: int) -> list[PastEntry]:
    is_promised = (QueueEntry.callback_at.is_not(None)) & (QueueEntry.state != EntryState.CLOSED)
    rows = db.session.execute(
        select(
            Campaign.name,
            QueueEntry.note,
            QueueEntry.callback_at,
            QueueEntry.callback_until,
            QueueEntry.callback_missed_at,
        )
        .join(Campaign, Campaign.id == QueueEntry.campaign_id)
        .where(QueueEntry.club_id == club_id, QueueEntry.member_id == member_id)
        .where(or_(QueueEntry.note != "", is_promised, QueueEntry.callback_missed_at.is_not(None)))
        .order_by(QueueEntry.id.desc())
    )
    return [PastEntry(*row) for row in rows]
