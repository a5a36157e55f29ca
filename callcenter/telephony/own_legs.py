"""The legs that Hamseda rings beside a call, each for a row: somebody who listens, somebody who takes a call over."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from callcenter.telephony.asked import Asked
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.errors import UnsafeValueError
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator

    from flask import Flask

    from callcenter.telephony.port import DialOrder
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)


class OwnLegs:
    """Rings such legs and hangs them up; `note_end(channel_id, failure=…, now=…)` ends the row of one."""

    def __init__(self, app: Flask, line: Line, *, note_end: Callable[..., object]) -> None:
        self._app = app
        self._line = line
        self._note_end = note_end
        self._hung_up = Asked()

    def ring(self, order: DialOrder) -> None:
        """Have the exchange ring this leg; if that cannot be sent its row ends."""
        try:
            self._line.originate(order)
        except (LineDownError, UnsafeValueError) as error:
            log.warning("leg %s was not rung: %s", order.channel_id, error)
            self.end(order.channel_id, "line_down")

    def hang_up(self, channel_id: str) -> None:
        """Ask for the end of a leg, once in a while however often it is wished."""
        if not self._hung_up.is_time(channel_id):
            return
        try:
            self._line.hangup(channel_id)
        except LineDownError as error:
            log.warning("leg %s was not hung up: %s", channel_id, error)

    def end(self, channel_id: str, failure: str) -> None:
        """Write down that the leg's row is over; `failure` says why, if it had not done what it was for."""
        with self.writing():
            self._note_end(channel_id, failure=failure, now=utcnow())

    def forget_all_but(self, channel_ids: Collection[str]) -> None:
        """Remember nothing of legs whose rows have ended."""
        self._hung_up.forget_all_but(channel_ids)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction of its own."""
        with self._app.app_context():
            yield
            db.session.commit()
