"""Asking to be on a call, and to leave it. The pbx process does it; nothing here waits for the line."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.listening import phones
from callcenter.listening.errors import AlreadyListeningError
from callcenter.listening.errors import NobodyTalksError
from callcenter.listening.errors import NoPhoneError
from callcenter.listening.models import Listening
from callcenter.listening.models import Manner
from config.database import add_if_new
from config.database import db
from config.errors import NotFoundError
from config.live import publish_after_commit
from config.live import wake_after_commit

EAR_PREFIX = "hamseda-ear-"


def begin(call_id: int, supervisor_id: int, *, club_id: int, manner: Manner, now: datetime) -> int:
    """Ask for the supervisor's phone to ring and to be on the call; returns the id of the row.

    Raises NotFoundError for a call of another club, NobodyTalksError, NoPhoneError, AlreadyListeningError.
    """
    call = db.session.scalar(select(Call).where(Call.id == call_id, Call.club_id == club_id))
    if call is None:
        raise NotFoundError(f"There is no call {call_id}.")
    if call.state is not CallState.CONNECTED:
        raise NobodyTalksError(f"Call {call_id} is {call.state}.")
    extension = phones.of(supervisor_id)
    if extension is None:
        raise NoPhoneError(f"Supervisor {supervisor_id} has no phone.")
    row = Listening(
        club_id=club_id,
        call_id=call_id,
        supervisor_id=supervisor_id,
        manner=manner,
        extension=extension,
        channel_id=EAR_PREFIX + secrets.token_hex(12),
        requested_at=now,
    )
    if not add_if_new(row):
        raise AlreadyListeningError(f"Supervisor {supervisor_id} is on a call already.")
    _tell(club_id)
    return row.id


def end(listening_id: int, supervisor_id: int, *, now: datetime) -> None:
    """Ask to leave the call; twice is harmless. Raises NotFoundError for another supervisor's row."""
    row = db.session.get(Listening, listening_id)
    if row is None or row.supervisor_id != supervisor_id:
        raise NotFoundError(f"There is no listening {listening_id}.")
    if row.ended_at is None:
        row.end_requested_at = row.end_requested_at or now
        _tell(row.club_id)


def _tell(club_id: int) -> None:
    wake_after_commit("pbx")
    publish_after_commit(f"floor:{club_id}", {"kind": "listening"})
