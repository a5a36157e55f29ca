"""The manager interface's client: one thread that connects, signs in, reads, and connects again.

asterisk-ami's own client is not used: its reader dies of silence, of an exception in a listener and of a reset, its
time-outs return None and leak, and it never fails what was pending when the connection went.
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asterisk.ami import Event

from callcenter.telephony.errors import ActionRefusedError
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.errors import LineError
from callcenter.telephony.errors import LoginRefusedError
from callcenter.telephony.errors import MessageOverflowError
from callcenter.telephony.link import open_link
from callcenter.telephony.pending import Pending
from callcenter.telephony.wire import plain
from callcenter.telephony.wire import typed
from callcenter.telephony.wire import write_action

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from concurrent.futures import Future

    from callcenter.telephony.link import Address
    from callcenter.telephony.link import Link
    from callcenter.telephony.pending import Reply
    from callcenter.telephony.wire import Headers

log = logging.getLogger(__name__)

TICK_SECONDS = 0.2


@dataclass(frozen=True, kw_only=True)
class Timing:
    """How long things may take, in seconds. A link silent for `ping` is asked, and dropped after `reply` more."""

    connect: float = 5.0
    reply: float = 5.0
    ping: float = 10.0
    retry_first: float = 0.2
    retry_last: float = 15.0


class AmiClient:
    """Stays connected and signed in. `on_event` and `on_up` are called from its thread.

    What `on_event` raises is logged and counted, and the reading goes on; only MessageOverflowError drops the link,
    because messages would be lost: after the reconnect the listener asks for the state instead.
    """

    def __init__(
        self,
        address: Address,
        *,
        on_event: Callable[[str, dict[str, str]], None],
        on_up: Callable[[int], None],
        timing: Timing | None = None,
    ) -> None:
        self._address = address
        self._on_event = on_event
        self._on_up = on_up
        self._timing = timing or Timing()
        self._pending = Pending()
        self._link: Link | None = None
        self._numbers = itertools.count(1)
        self._name = uuid.uuid4().hex[:12]
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ami", daemon=True)
        self.generation = 0
        self.is_connected = False
        self.listener_error_count = 0
        self.problem = "not connected yet"

    def start(self) -> None:
        """Connect in the background and stay connected."""
        self._thread.start()

    def close(self) -> None:
        """Disconnect and stop; what is pending fails."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def submit(
        self,
        name: str,
        headers: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        *,
        action_id: str = "",
        is_list: bool = False,
    ) -> Future[Reply]:
        """Send an action; the future has its reply, or ActionRefusedError, ReplyLostError or LineDownError.

        Raises LineDownError or UnsafeValueError at once when nothing could be sent.
        """
        if not self.is_connected:
            raise LineDownError(f"there is no connection to the exchange: {self.problem}")
        return self._send(name, headers or {}, variables, action_id=action_id, is_list=is_list)

    def request(self, name: str, headers: Mapping[str, str] | None = None, *, is_list: bool = False) -> Reply:
        """Send an action and wait for its reply. Raises the errors of `submit`; never waits beyond the deadline."""
        return self.submit(name, headers, is_list=is_list).result()

    def _send(
        self,
        name: str,
        headers: Mapping[str, str],
        variables: Mapping[str, str] | None = None,
        *,
        action_id: str = "",
        is_list: bool = False,
    ) -> Future[Reply]:
        link = self._link
        if link is None:
            raise LineDownError("there is no connection to the exchange")
        action_id = action_id or f"{self._name}-{next(self._numbers)}"
        data = write_action(name, {**headers, "ActionID": action_id}, variables)
        future = self._pending.add(action_id, name, seconds=self._timing.reply, is_list=is_list)
        try:
            link.send(data)
        except LineDownError:
            self._pending.forget(action_id)
            raise
        return future

    def _run(self) -> None:
        wait = self._timing.retry_first
        while not self._closing.is_set():
            generation = self.generation
            try:
                self._live()
            except LineError as error:
                self._note(error)
            except Exception:
                log.exception("the manager connection failed unexpectedly")
            wait = self._timing.retry_first if self.generation > generation else min(wait * 2, self._timing.retry_last)
            # Jitter: many clients of one exchange that restarts must not return in the same instant.
            self._closing.wait(wait * random.uniform(0.5, 1.0))

    def _note(self, error: LineError) -> None:
        # The same refusal every few seconds is said once.
        level = logging.DEBUG if str(error) == self.problem else logging.WARNING
        self.problem = str(error)
        log.log(level, "no connection to the exchange: %s", error)

    def _live(self) -> None:
        """One connection from its beginning to its end."""
        link = open_link(self._address, seconds=self._timing.connect)
        self._link = link
        try:
            self._sign_in(link)
            self._read(link)
        finally:
            self.is_connected = False
            self._link = None
            link.close()
            self._pending.fail_all(LineDownError("the connection to the exchange broke"))

    def _sign_in(self, link: Link) -> None:
        credentials = {"Username": self._address.username, "Secret": self._address.secret, "Events": "on"}
        login = self._send("Login", credentials)
        while not login.done():
            self._turn(link)
        try:
            login.result()
        except ActionRefusedError as error:
            raise LoginRefusedError(f"the exchange refused the user {self._address.username!r}: {error}") from error
        self.generation += 1
        self.is_connected = True
        self.problem = ""
        log.info("signed in to the exchange at %s:%s", self._address.host, self._address.port)
        self._on_up(self.generation)

    def _read(self, link: Link) -> None:
        heard_at = time.monotonic()
        has_asked = False
        while not self._closing.is_set():
            if self._turn(link):
                heard_at, has_asked = time.monotonic(), False
                continue
            silence = time.monotonic() - heard_at
            if silence > self._timing.ping + self._timing.reply:
                raise LineDownError("the exchange is silent")
            if silence > self._timing.ping and not has_asked:
                self._send("Ping", {})
                has_asked = True

    def _turn(self, link: Link) -> bool:
        """Read what is there and fail what is late; says whether anything was heard."""
        packets = link.receive(min(TICK_SECONDS, self._timing.ping))
        for packet in packets:
            self._take(packet)
        self._pending.expire()
        return bool(packets)

    def _take(self, packet: Headers) -> None:
        told = typed(packet)
        if isinstance(told, Event):
            if not self._pending.on_event(told):
                self._tell(told.name, plain(told.keys))
        elif told is not None:
            self._pending.on_response(told)

    def _tell(self, name: str, fields: dict[str, str]) -> None:
        try:
            self._on_event(name, fields)
        except MessageOverflowError as error:
            raise LineDownError("too many messages wait; connecting again to ask for the state") from error
        except Exception:
            self.listener_error_count += 1
            log.exception("the event %s could not be taken", name)
