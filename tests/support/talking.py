"""Operators who do something in a talk. Each is asked again and again, and presses what is not done yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.handover import asking as handover
from callcenter.handover.models import Handover
from callcenter.listening import phones
from callcenter.operators import queries as operators
from callcenter.recordings import asking as recordings
from callcenter.recordings.campaigns import switch as record_campaign
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from config.database import utcnow
from tests.support.calling import read_call
from tests.support.calling import writing

if TYPE_CHECKING:
    from types import SimpleNamespace


class Holding:
    """The operator puts the member on hold, and takes them back."""

    def __init__(self, call_id: int, factories: SimpleNamespace) -> None:
        self._call_id = call_id
        self._was_held = False

    def is_done(self) -> bool:
        """Whether the two talk again; presses what is not done yet."""
        call = read_call(self._call_id)
        assert call.state is CallState.CONNECTED
        self._was_held |= call.is_on_hold
        wanted = not self._was_held
        if call.wants_hold is not wanted:
            with writing():
                requesting.request_hold(call.id, is_wanted=wanted, now=utcnow())
        return self._was_held and not call.is_on_hold

    def ensure(self) -> None:
        """The two talk."""
        assert not read_call(self._call_id).is_on_hold


class Recorded:
    """The member agrees to be recorded, and the operator pauses the recording once."""

    def __init__(self, call_id: int, factories: SimpleNamespace) -> None:
        self._call_id = call_id
        self._was_paused = False
        with writing():
            call = db.session.get_one(Call, call_id)
            record_campaign(
                call.club_id, call.campaign_id, is_on=True,
                user_id=factories.user(Role.MANAGER, [db.session.get_one(Club, call.club_id)]).id, now=utcnow(),
            )  # fmt: skip
            recordings.say(call_id, is_given=True, now=utcnow())

    def is_done(self) -> bool:
        """Whether it goes on after the pause; presses what is not done yet."""
        row = self._row()
        if row is None or row.state is not RecordingState.RUNNING:
            return False
        self._was_paused |= row.is_paused
        wanted = not self._was_paused
        if row.wants_pause is not wanted:
            with writing():
                recordings.pause(self._call_id, is_wanted=wanted)
        return self._was_paused and not row.is_paused

    def ensure(self) -> None:
        """It runs and was not closed before its time."""
        row = self._row()
        assert (row.state, row.is_paused, row.stopped_at) == (RecordingState.RUNNING, False, None)

    def _row(self) -> Recording:
        db.session.rollback()
        row = db.session.scalar(select(Recording).where(Recording.call_id == self._call_id))
        db.session.expunge_all()
        db.session.rollback()
        return row


class HandedOver:
    """The operator talks with a supervisor and hands the member over; a phone that rang in vain is rung again."""

    def __init__(self, call_id: int, factories: SimpleNamespace) -> None:
        self._call_id = call_id
        self._giver_id = read_call(call_id).operator_id
        with writing():
            club = db.session.get_one(Club, db.session.get_one(Call, call_id).club_id)
            self._taker_id = factories.user(Role.SUPERVISOR, [club]).id
            phones.give(self._taker_id, f"15{self._taker_id}")

    def is_done(self) -> bool:
        """Whether the supervisor has the call; presses what is not done yet."""
        call = read_call(self._call_id)
        assert call.state is CallState.CONNECTED
        if call.operator_id == self._taker_id:
            return True
        row = self._row()
        if row is None or (row.ended_at is not None and row.done_at is None):
            with writing():
                handover.offer(self._giver_id, call_id=call.id, to_id=self._taker_id, now=utcnow())
        elif row.answered_at is not None and row.confirmed_at is None:
            with writing():
                handover.confirm(self._giver_id, now=utcnow())
        return False

    def ensure(self) -> None:
        """One hand-over was done, the member hears the supervisor, and the giver has their desk to themselves."""
        db.session.rollback()
        done = db.session.scalars(
            select(Handover).where(Handover.call_id == self._call_id, Handover.done_at.is_not(None))
        )
        assert [row.to_id for row in done] == [self._taker_id]
        assert not read_call(self._call_id).is_on_hold
        assert operators.get(self._giver_id).state_reason == "handed_over"
        db.session.rollback()

    def _row(self) -> Handover | None:
        db.session.rollback()
        newest = select(Handover).where(Handover.call_id == self._call_id).order_by(Handover.id.desc()).limit(1)
        row = db.session.scalar(newest)
        db.session.expunge_all()
        db.session.rollback()
        return row
