"""Our own client and tracker on a manager interface, without database and process: what they make of the line."""

from __future__ import annotations

import contextlib
import queue
import time
import uuid
from typing import TYPE_CHECKING

from callcenter.telephony.ami import Timing
from callcenter.telephony.line import AmiLine
from callcenter.telephony.link import Address
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.port import DialOrder
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from tests.asterisk.bed import SECRET

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from callcenter.telephony.messages import Message
    from tests.asterisk.scenarios import Scenario

WAIT_SECONDS = 120
QUICK = Timing(connect=2, reply=2, ping=2, retry_first=0.1, retry_last=0.5)


def address(port: int, username: str = "hamseda", secret: str = SECRET) -> Address:
    """Where the test bed listens."""
    return Address(host="127.0.0.1", port=port, username=username, secret=secret)


class Switchroom:
    """A connected line; `tracks` is where each call stands, `messages` all that was heard."""

    def __init__(self, line: AmiLine) -> None:
        self.line = line
        self.tracks: dict[str, Track] = {}
        self.messages: list[Message] = []
        self._inbox: queue.Queue[Message] = queue.Queue()

    @classmethod
    @contextlib.contextmanager
    def at(cls, port: int, username: str = "hamseda") -> Iterator[Switchroom]:
        """A line to the manager interface at `port`, closed afterwards."""
        room = cls(AmiLine(address(port, username), context="hamseda-member", timing=QUICK))
        room.line.start(room._inbox.put)
        try:
            room.wait(lambda: any(isinstance(message, LinkUp) for message in room.messages))
            yield room
        finally:
            room.line.close()

    def dial(self, number: str, phone: str = "201", *, channel_id: str = "") -> str:
        """Ring the phone and dial the number; gives the call's channel id."""
        channel_id = channel_id or f"bed-{uuid.uuid4().hex}"
        self.tracks.setdefault(channel_id, Track(channel_id))
        order = DialOrder(
            channel_id=channel_id,
            channel=f"PJSIP/{phone}",
            context="hamseda-member",
            number=number,
            caller_id="Hamseda <100>",
            ring_seconds=2,
        )
        self.line.originate(order)
        return channel_id

    def play(self, scenario: Scenario) -> Track:
        """The whole call of a scenario; gives what is known in the end."""
        channel_id = self.dial(scenario.number, scenario.phone)
        if scenario.hang_up_at is not None:
            self.wait(lambda: self.tracks[channel_id].state is scenario.hang_up_at)
            self.line.hangup(channel_id)
        self.wait(lambda: self.tracks[channel_id].state is scenario.state)
        return self.tracks[channel_id]

    def wait(self, until: Callable[[], bool]) -> None:
        """Hear messages until the fact holds; raises TimeoutError with what is known instead."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not until():
            try:
                message = self._inbox.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError(f"{self.tracks} after {self.messages[-20:]}") from None
            self.messages.append(message)
            track = self.tracks.get(getattr(message, "linkedid", ""))
            if track is not None:
                self.tracks[track.channel_id] = advance(track, message)
