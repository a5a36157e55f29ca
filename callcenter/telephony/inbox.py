"""The inbox of the pbx process: messages of the line and wakes, in their order, with an upper limit."""

from __future__ import annotations

import contextlib
import queue
from typing import TYPE_CHECKING

from callcenter.telephony.errors import MessageOverflowError

if TYPE_CHECKING:
    from callcenter.telephony.messages import Message

# Some minutes of a busy floor. When more wait, the database stands still and reading on would only fill the memory.
LIMIT = 20_000


class Inbox:
    """A bounded queue between the line's thread and the loop."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._messages: queue.Queue[Message | None] = queue.Queue(limit)

    def put(self, message: Message) -> None:
        """Add a message. Raises MessageOverflowError when the loop does not keep up."""
        try:
            self._messages.put_nowait(message)
        except queue.Full:
            raise MessageOverflowError("the inbox is full") from None

    def wake(self) -> None:
        """End a `take` that waits. A full inbox needs no wake."""
        with contextlib.suppress(queue.Full):
            self._messages.put_nowait(None)

    def take(self, seconds: float) -> Message | None:
        """The next message, waiting at most `seconds`; None after a wake or when none came."""
        try:
            return self._messages.get(timeout=seconds)
        except queue.Empty:
            return None
