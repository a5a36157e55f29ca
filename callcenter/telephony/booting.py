"""A starting exchange: it lets clients sign in before its dialplan is loaded, and refuses every number until then.

FullyBooted would say when it is done, but is told only to users with the `system` permission, which is a shell on the
exchange. So its dialplan is asked for our context instead, which `reporting` allows.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineDownError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from callcenter.telephony.ami import AmiClient
    from callcenter.telephony.pending import Reply

ASK_AGAIN_SECONDS = 0.2
# Hundreds of modules on a slow machine. After that the context is missing for good, and orders are refused with that.
BOOT_SECONDS = 20.0
NOT_YET = "Did not find context"


class Booting:
    """Whether the exchange that a client is connected to has the dialplan context that we dial through."""

    def __init__(self, client: AmiClient, context: str) -> None:
        self._client = client
        self._context = context
        self._booted_generation = 0

    @property
    def is_over(self) -> bool:
        """Whether the exchange of the present connection can dial."""
        return self._booted_generation == self._client.generation

    def watch(self, generation: int) -> None:
        """Find out, from now on, about a new connection. Does not wait."""
        self._ask(generation, time.monotonic() + BOOT_SECONDS)

    def _ask(self, generation: int, deadline: float) -> None:
        # Of a connection that is gone nothing is asked over the next one, which has a watch of its own.
        if generation != self._client.generation:
            return
        try:
            reply = self._client.submit("ShowDialPlan", {"Context": self._context}, is_list=True)
        except LineDownError:
            return
        reply.add_done_callback(lambda future: self._on_dialplan(generation, deadline, future))

    def _on_dialplan(self, generation: int, deadline: float, future: Future[Reply]) -> None:
        error = future.exception()
        if isinstance(error, LineDownError) or generation != self._client.generation:
            return
        # Any other refusal is for the doctor; waiting would not mend it.
        is_booting = isinstance(error, ActionRefusedError) and NOT_YET in str(error)
        if not is_booting or time.monotonic() > deadline:
            self._booted_generation = generation
            return
        again = threading.Timer(ASK_AGAIN_SECONDS, self._ask, (generation, deadline))
        again.daemon = True
        again.start()
