"""Brings supervisors on a call: rings their phone and lets the dialplan spy on the operator's leg, until it ends."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.listening import keeping
from callcenter.listening.requesting import EAR_PREFIX
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.messages import SpyStarted
from callcenter.telephony.own_legs import OwnLegs
from callcenter.telephony.port import LISTEN_CONTEXT
from callcenter.telephony.port import DialOrder
from config.database import reading
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from callcenter.listening.keeping import EarLine
    from callcenter.telephony.messages import LiveChannel
    from callcenter.telephony.messages import Message
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

SEND_WITHIN = timedelta(seconds=15)
# A list of channels asked for so soon after the order proves nothing.
GRACE = timedelta(seconds=3)
# Busy, no response, no answer, absent, declined, out of order (Q.850): the supervisor's own phone.
PHONE_CAUSES = frozenset({17, 18, 19, 20, 21, 27})


class Listener:
    """Works off the rows of listening, and writes down what becomes of the supervisors' legs."""

    def __init__(self, app: Flask, line: Line, *, operator_channel: str) -> None:
        self._app = app
        self._line = line
        self._operator_channel = operator_channel
        self._legs = OwnLegs(app, line, note_end=keeping.note_end)

    def work(self, *, now: datetime) -> None:
        """Send what is asked for, end what shall end. One that cannot be served stops no other."""
        ears = self._look()
        self._legs.forget_all_but({ear.channel_id for ear in ears})
        for ear in ears:
            try:
                self._serve(ear, now)
            except Exception:
                log.exception("listening %s could not be served", ear.id)

    def take(self, message: Message) -> bool:
        """Hear what is said about a supervisor's leg; says whether the message was about one."""
        channel_id = str(getattr(message, "linkedid", ""))
        if not channel_id.startswith(EAR_PREFIX):
            return False
        if isinstance(message, SpyStarted):
            with self._legs.writing():
                keeping.note_started(channel_id, now=utcnow())
        elif isinstance(message, OriginateAnswered) and not message.is_success:
            self._legs.end(channel_id, "phone")
        elif isinstance(message, OriginateRefused | OriginateLost):
            self._legs.end(channel_id, "refused")
        elif isinstance(message, LegHungUp) and message.uniqueid == channel_id:
            # May be told before the answer to the Originate.
            self._legs.end(channel_id, "phone" if message.cause in PHONE_CAUSES else "not_heard")
        return True

    def compare(self, channels: Sequence[LiveChannel], *, asked_at: datetime) -> None:
        """End the rows whose leg does not live, and the legs whose row has ended."""
        live = {channel.uniqueid for channel in channels if channel.uniqueid.startswith(EAR_PREFIX)}
        for ear in self._look():
            if ear.sent_at is not None and ear.sent_at < asked_at - GRACE and ear.channel_id not in live:
                self._legs.end(ear.channel_id, "not_heard")
        for channel_id in live:
            with self._app.app_context():
                is_over = keeping.is_over(channel_id)
            if is_over:
                self._legs.hang_up(channel_id)

    def _look(self) -> list[EarLine]:
        with reading(), self._app.app_context():
            return keeping.open_ears()

    def _serve(self, ear: EarLine, now: datetime) -> None:
        if ear.sent_at is not None:
            if self._line.is_connected and (ear.end_requested_at is not None or ear.is_call_over):
                self._legs.hang_up(ear.channel_id)
        elif ear.end_requested_at is not None or ear.is_call_over:
            self._legs.end(ear.channel_id, "not_heard")
        elif now - ear.requested_at > SEND_WITHIN:
            self._legs.end(ear.channel_id, "line_down")
        elif self._line.is_connected:
            self._send(ear, now)

    def _send(self, ear: EarLine, now: datetime) -> None:
        with self._legs.writing():
            is_ours = keeping.take(ear.id, now=now)
        if not is_ours:
            return
        self._legs.ring(
            DialOrder(
                channel_id=ear.channel_id,
                channel=self._operator_channel.format(extension=ear.extension),
                context=LISTEN_CONTEXT,
                number=ear.manner,
                caller_id=f"Hamseda <{ear.id}>",
                variables={"HAMSEDA_LISTEN": ear.target},
            )
        )
