"""The house on a line: the real database, the real pbx loop in a thread, an operator with members to call."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

from sqlalchemy import delete
from sqlalchemy import select

from callcenter.calls import requesting
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.handover import handing
from callcenter.listening import phones
from callcenter.listening import requesting as listening
from callcenter.listening.models import Listening
from callcenter.listening.models import SupervisorPhone
from callcenter.operators.models import Operator
from callcenter.queue import claim
from callcenter.recordings import asking as recordings
from callcenter.recordings.campaigns import switch as record_campaign
from callcenter.recordings.models import Recording
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from tests.asterisk.switchroom import QUICK
from tests.asterisk.switchroom import address
from tests.support.calling import writing
from tests.support.pbx_process import hold_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from types import SimpleNamespace

    from flask import Flask

    from callcenter.listening.models import Manner
    from callcenter.telephony.pbx import Pbx

WAIT_SECONDS = 120


class House:
    """A club, an operator for each phone, and calls that they ask for."""

    def __init__(self, factories: SimpleNamespace, start: Callable[[], tuple[Pbx, Callable[[], None]]]) -> None:
        self._factories = factories
        self._club = factories.club()
        self._start = start
        self._pbx, self._stop = start()

    def call(self, number: str, phone: str = "201") -> int:
        """Have the operator of `phone` claim the member with this national number and ask for the call."""
        with writing():
            call_id = self._request(number, phone)
        self._pbx.inbox.wake()
        return call_id

    def _request(self, number: str, phone: str) -> int:
        make = self._factories
        campaign = make.campaign(self._club)
        make.entry(campaign, make.member(self._club, phone="+98" + number.removeprefix("0")))
        self._clear_desk(phone)
        operator_id = make.operator([self._club], extension=phone).id
        entry_id = claim.claim_next(operator_id, campaign_ids=[campaign.id], now=utcnow())
        return requesting.request_call(entry_id, operator_id, now=utcnow())

    def _clear_desk(self, phone: str) -> None:
        """Whoever had this phone for an earlier call has gone home: no two operators have the same one."""
        for before in db.session.scalars(select(Operator).where(Operator.extension == phone)):
            before.extension = f"{phone}-{before.user_id}"
        db.session.flush()

    @contextlib.contextmanager
    def talk(self, number: str, phone: str = "201") -> Iterator[int]:
        """A call in which the two talk; it ends with the block if it did not before."""
        call_id = self.call(number, phone)
        self.wait_for(call_id, CallState.CONNECTED)
        yield call_id
        if self.read(call_id).ended_at is None:
            self.hang_up(call_id)
            self.wait_for_end(call_id)

    def hang_up(self, call_id: int) -> None:
        """The operator presses hang-up."""
        with writing():
            requesting.request_hangup(call_id, now=utcnow())
        self._pbx.inbox.wake()

    def mute(self, call_id: int, *, is_wanted: bool) -> None:
        """The operator presses mute."""
        with writing():
            requesting.request_mute(call_id, is_wanted=is_wanted, now=utcnow())
        self._pbx.inbox.wake()

    def hold(self, call_id: int, *, is_wanted: bool) -> None:
        """The operator presses hold."""
        with writing():
            requesting.request_hold(call_id, is_wanted=is_wanted, now=utcnow())
        self._pbx.inbox.wake()

    def agree(self, call_id: int, *, is_given: bool = True) -> None:
        """The campaign of the call records, and the member says whether they may."""
        with writing():
            call = db.session.get_one(Call, call_id)
            person = self._factories.user(Role.SUPERVISOR, [self._club])
            record_campaign(call.club_id, call.campaign_id, is_on=True, user_id=person.id, now=utcnow())
            recordings.say(call_id, is_given=is_given, now=utcnow())
        self._pbx.inbox.wake()

    def pause_recording(self, call_id: int, *, is_wanted: bool) -> None:
        """The operator presses the key of the recording."""
        with writing():
            recordings.pause(call_id, is_wanted=is_wanted)
        self._pbx.inbox.wake()

    def wait_for_recording(self, call_id: int, until: Callable[[Recording], bool]) -> Recording:
        """Look at the call's recording until the fact holds."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            db.session.rollback()
            row = db.session.scalar(select(Recording).where(Recording.call_id == call_id))
            if row is not None and until(row):
                return row
            if time.monotonic() > deadline:
                raise TimeoutError(f"the recording of call {call_id} is {row and row.state}")
            time.sleep(0.05)

    def listen(self, call_id: int, manner: Manner, phone: str = "supervisor") -> int:
        """A supervisor with this phone wants to be on the call; gives the id of the row."""
        supervisor_id = self.supervisor(phone)
        with writing():
            call = db.session.get_one(Call, call_id)
            row_id = listening.begin(call_id, supervisor_id, club_id=call.club_id, manner=manner, now=utcnow())
        self._pbx.inbox.wake()
        return row_id

    def leave(self, row_id: int) -> None:
        """The supervisor wants to leave the call."""
        with writing():
            row = db.session.get_one(Listening, row_id)
            listening.end(row_id, row.supervisor_id, now=utcnow())
        self._pbx.inbox.wake()

    def wait_for_ear(self, row_id: int, until: Callable[[Listening], bool]) -> Listening:
        """Look at the row of listening until the fact holds."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            db.session.rollback()
            row = db.session.get_one(Listening, row_id)
            if until(row):
                return row
            if time.monotonic() > deadline:
                raise TimeoutError(f"listening {row_id}: started {row.started_at}, ended {row.ended_at}, {row.failure}")
            time.sleep(0.05)

    def supervisor(self, phone: str) -> int:
        """The id of a supervisor of the club who has this phone."""
        with writing():
            person = self._factories.user(Role.SUPERVISOR, [self._club])
            db.session.execute(delete(SupervisorPhone).where(SupervisorPhone.extension == phone))
            self._clear_desk(phone)
            phones.give(person.id, phone)
            return person.id

    def take_over(self, call_id: int, phone: str = "supervisor") -> int:
        """A supervisor with this phone takes the live call from its operator; gives the supervisor's id."""
        supervisor_id = self.supervisor(phone)
        with writing():
            call = db.session.get_one(Call, call_id)
            handing.take_over(call.club_id, call.operator_id, supervisor_id=supervisor_id, now=utcnow())
        self._pbx.inbox.wake()
        return supervisor_id

    def wake(self) -> None:
        """Something was asked for."""
        self._pbx.inbox.wake()

    def restart(self) -> None:
        """The pbx process ends and another one begins."""
        self.stop()
        self._pbx, self._stop = self._start()

    def stop(self) -> None:
        """The pbx process ends."""
        self._stop()

    def read(self, call_id: int) -> Call:
        """The call as it stands in the database now."""
        db.session.rollback()
        return db.session.get_one(Call, call_id)

    def wait(self, call_id: int, until: Callable[[Call], bool]) -> Call:
        """Look at the call until the fact holds; raises TimeoutError with the call instead."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not until(call := self.read(call_id)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"call {call.id} is {call.state}, {call.line_status}, {call.failure}")
            time.sleep(0.05)
        return call

    def wait_for(self, call_id: int, state: CallState) -> Call:
        """The call once it is in this state."""
        return self.wait(call_id, lambda call: call.state is state)

    def wait_for_end(self, call_id: int) -> Call:
        """The call once it is over."""
        return self.wait(call_id, lambda call: call.ended_at is not None)


@contextlib.contextmanager
def house(app: Flask, factories: SimpleNamespace, ami_port: int) -> Iterator[House]:
    """A house whose pbx process holds the line at `ami_port`."""

    def start() -> tuple[Pbx, Callable[[], None]]:
        return hold_line(app, address(ami_port), timing=QUICK)

    with writing():
        made = House(factories, start)
    try:
        yield made
    finally:
        made.stop()
