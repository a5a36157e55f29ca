"""What the desk shows of the recording."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy import Select
from sqlalchemy import exists
from sqlalchemy import or_
from sqlalchemy import select

from callcenter.queue.models import QueueEntry
from callcenter.recordings.models import RecordedCampaign
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingState
from config.database import db


@dataclass(frozen=True)
class OnDesk:
    """The recording of the call on the desk; `is_given` is the member's word, None before they were asked.

    `state` is None while there is nothing to be recorded, `is_paused` what the exchange confirmed.
    """

    is_given: bool | None
    state: RecordingState | None
    wants_pause: bool
    is_paused: bool


def still_counts(word: type[RecordingConsent]) -> ColumnElement[bool]:
    """Whether a word was said since its entry was handed out: on another day somebody else may pick up.

    Who is called again because the line broke is not asked again.
    """
    return or_(QueueEntry.leased_at.is_(None), word.said_at >= QueueEntry.leased_at)


def said(entry_id: int) -> bool | None:
    """What the member said last about being recorded in this interview; None when nobody asked."""
    return db.session.scalar(_word(entry_id))


def on_desk(campaign_id: int, entry_id: int, call_id: int) -> OnDesk | None:
    """How it stands for a call, in one look; None when its campaign does not record."""
    of_call = {
        name: select(getattr(Recording, name)).where(Recording.call_id == call_id).scalar_subquery()
        for name in ("state", "wants_pause", "is_paused")
    }
    row = db.session.execute(
        select(
            exists().where(RecordedCampaign.campaign_id == campaign_id).label("is_recorded"),
            _word(entry_id).scalar_subquery().label("is_given"),
            *(one.label(name) for name, one in of_call.items()),
        )
    ).one()
    if row.state is None and not row.is_recorded:
        return None
    return OnDesk(row.is_given, row.state, bool(row.wants_pause), bool(row.is_paused))


def _word(entry_id: int) -> Select[bool]:
    words = select(RecordingConsent.is_given).join(QueueEntry, QueueEntry.id == RecordingConsent.entry_id)
    words = words.where(RecordingConsent.entry_id == entry_id, still_counts(RecordingConsent))
    return words.order_by(RecordingConsent.id.desc()).limit(1)
