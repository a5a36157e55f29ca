"""Does what is asked for: sends requested calls to the exchange, hangs up, and fails what waited too long."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.calls import progress
from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.telephony.asked import Asked
from callcenter.telephony.controls import Controls
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.errors import UnsafeValueError
from callcenter.telephony.port import DialOrder
from config.database import db
from config.database import reading
from config.phones import national

if TYPE_CHECKING:
    from collections.abc import Collection

    from flask import Flask

    from callcenter.calls.dialling import CallLine
    from callcenter.telephony.follower import Follower
    from callcenter.telephony.messages import WishRefused
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

# A call that could not be sent by then is failed: a phone that rings a minute after the press helps nobody.
SEND_WITHIN = timedelta(seconds=15)
# Whatever else stood in an extension would reach the exchange as part of a device or a second one (101&PJSIP/…).
EXTENSION = re.compile(r"[A-Za-z0-9_.-]+")
NUMBER = re.compile(r"[0-9]{3,18}")


@dataclass(frozen=True, kw_only=True)
class DialPlan:
    """How the exchange is dialled: the operator's device with `{extension}` in it, and the context for members."""

    operator_channel: str
    context: str


class Dialler:
    """Works off the calls that want something of the exchange."""

    def __init__(self, app: Flask, line: Line, follower: Follower, plan: DialPlan) -> None:
        self._app = app
        self._line = line
        self._follower = follower
        self._plan = plan
        self._hung_up = Asked()
        self._controls = Controls(app, line, follower)

    def work(self, *, now: datetime, is_settled: bool = True, moving: Collection[int] = ()) -> None:
        """Serve every call that wants something; one that cannot be served is logged and stops no other.

        Unless `is_settled`, where the calls stand is not known for sure, and mute and hold wait; so they do in a call
        that is `moving` to another desk.
        """
        calls = self._look()
        wanting = {call.id for call in calls}
        self._hung_up.forget_all_but(wanting)
        self._controls.forget_all_but(wanting)
        for call in calls:
            try:
                self._serve(call, now)
                if is_settled and call.id not in moving:
                    self._controls.serve(call, now=now)
            except Exception:
                log.exception("call %s could not be served", call.id)

    def after_gap(self) -> None:
        """A list of channels has told how every call stands after the connection was away."""
        self._controls.forget_what_was_sent()

    def refuse(self, message: WishRefused) -> None:
        """Hear that the exchange did not mute, hold or resume."""
        self._controls.refuse(message)

    def _look(self) -> list[CallLine]:
        # On SQLite a look once a second must not take the write lock.
        with reading(), self._app.app_context():
            return dialling.wanting_work()

    def _serve(self, call: CallLine, now: datetime) -> None:
        if call.state is not CallState.REQUESTED:
            if call.hangup_requested_at is not None:
                self._hang_up(call)
        elif call.hangup_requested_at is not None:
            with self._app.app_context():
                progress.cancel(call.id, now=now)
                db.session.commit()
        elif now - call.requested_at > SEND_WITHIN:
            self._fail(call, Failure.LINE_DOWN, now)
        elif self._line.is_connected:
            self._dial(call, now)

    def _dial(self, call: CallLine, now: datetime) -> None:
        order = self._order(call)
        if isinstance(order, Failure):
            self._fail(call, order, now)
            return
        with self._app.app_context():
            if not dialling.is_still_allowed(call):
                progress.fail(call.id, Failure.NOT_TO_BE_CALLED, now=now)
                db.session.commit()
                return
            if not dialling.take(call.id, now=now):
                return
            progress.note_sent(call.id, now=now)
            db.session.commit()
        self._follower.follow(call)
        try:
            self._line.originate(order)
        except (LineDownError, UnsafeValueError) as error:
            log.warning("call %s was not sent: %s", call.id, error)
            self._follower.forget(call.channel_id)
            self._fail(call, Failure.LINE_DOWN if isinstance(error, LineDownError) else Failure.BAD_NUMBER, now)

    def _order(self, call: CallLine) -> DialOrder | Failure:
        number = national(call.phone).replace("+", "00", 1)
        if not NUMBER.fullmatch(number):
            return Failure.BAD_NUMBER
        if not EXTENSION.fullmatch(call.extension):
            return Failure.OPERATOR_UNREACHABLE
        return DialOrder(
            channel_id=call.channel_id,
            channel=self._plan.operator_channel.format(extension=call.extension),
            context=self._plan.context,
            number=number,
            caller_id=f"Hamseda <{call.id}>",
            variables={
                "HAMSEDA_CALL": str(call.id),
                "HAMSEDA_CAMPAIGN": str(call.campaign_id),
                "HAMSEDA_CLUB": str(call.club_id),
            },
        )

    def _hang_up(self, call: CallLine) -> None:
        if self._line.is_connected and self._hung_up.is_time(call.id):
            self._line.hangup(self._follower.operator_channel(call))

    def _fail(self, call: CallLine, failure: Failure, now: datetime) -> None:
        with self._app.app_context():
            progress.fail(call.id, failure, now=now)
            db.session.commit()
