"""Does what the operator wishes during a talk: mute and hold, until the line has confirmed it or it came to nothing."""

from __future__ import annotations

import logging
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.calls import dialling
from callcenter.calls import progress
from callcenter.calls.models import CallState
from callcenter.telephony.asked import Asked
from callcenter.telephony.errors import LineDownError
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from flask import Flask

    from callcenter.calls.dialling import CallLine
    from callcenter.telephony.follower import Follower
    from callcenter.telephony.messages import WishRefused
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

# After that the operator does not expect it any more: a member who is put on hold half a minute later is cut off.
WITHIN = timedelta(seconds=10)


class Controls:
    """Serves the wishes of connected calls. Mute and hold are asked for again while unconfirmed; resume is not."""

    def __init__(self, app: Flask, line: Line, follower: Follower) -> None:
        self._app = app
        self._line = line
        self._follower = follower
        self._asked = Asked()

    def serve(self, call: CallLine, *, now: datetime) -> None:
        """Bring the line to what the call's row wishes; too late, the wish is taken back."""
        if call.state is not CallState.CONNECTED or not _has_wish(call):
            return
        if call.wish_at is None or now - call.wish_at > WITHIN:
            self._drop(call.id, "not done in time", now)
            return
        legs = self._follower.legs(call)
        if legs is None or not self._line.is_connected:
            return
        try:
            if call.wants_mute is not call.is_muted and self._is_time(call, "mute"):
                self._line.mute(legs, is_on=call.wants_mute)
            if call.wants_hold and not call.is_on_hold and self._is_time(call, "hold"):
                self._line.hold(legs)
            if call.is_on_hold and not call.wants_hold and self._is_time(call, "resume", once=True):
                self._line.resume(legs)
        except LineDownError as error:
            log.warning("call %s: what was wished was not sent: %s", call.id, error)

    def forget_what_was_sent(self) -> None:
        """After a gap a list has told how every call stands: what was sent before and did nothing may be sent again."""
        self._asked.clear()

    def forget_all_but(self, call_ids: set[int]) -> None:
        """Remember nothing of calls that wish nothing any more."""
        self._asked.forget_all_but(call_ids)

    def refuse(self, message: WishRefused) -> None:
        """The exchange said no: the wish is taken back at once."""
        log.warning("the exchange did not do what was wished of %s: %s", message.linkedid, message.message)
        with self._app.app_context():
            call = dialling.find(message.linkedid)
        if call is not None and _has_wish(call):
            self._drop(call.id, message.message, utcnow())

    def _is_time(self, call: CallLine, wish: str, *, once: bool = False) -> bool:
        # The moment it was spoken is part of a wish: the same one spoken anew is another.
        return self._asked.is_time(call.id, (wish, call.wish_at), once=once)

    def _drop(self, call_id: int, why: str, now: datetime) -> None:
        with self._app.app_context():
            progress.drop_wishes(call_id, why=why, now=now)
            db.session.commit()


def _has_wish(call: CallLine) -> bool:
    return call.wants_mute is not call.is_muted or call.wants_hold is not call.is_on_hold
