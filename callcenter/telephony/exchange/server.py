"""The simulated exchange's server: manager clients over TCP, each signed in by itself."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from callcenter.telephony.exchange.calls import CLEARING
from callcenter.telephony.exchange.calls import Plan
from callcenter.telephony.exchange.calls import SimulatedCall
from callcenter.telephony.exchange.channels import Switchboard
from callcenter.telephony.exchange.ears import SimulatedEar
from callcenter.telephony.exchange.fates import Fate
from callcenter.telephony.exchange.fates import fate_of_member
from callcenter.telephony.exchange.fates import fate_of_phone
from callcenter.telephony.exchange.hands import SimulatedHand
from callcenter.telephony.exchange.session import Session
from callcenter.telephony.port import HANDOVER_CONTEXT
from callcenter.telephony.port import LISTEN_CONTEXT
from config.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

    from callcenter.telephony.exchange.channels import Channel
    from callcenter.telephony.exchange.channels import Headers
    from config.settings import Settings

log = logging.getLogger(__name__)

# What lives in a context; anywhere else it is a call to a member.
KINDS = {LISTEN_CONTEXT: SimulatedEar, HANDOVER_CONTEXT: SimulatedHand}
WRITE_PERMISSIONS = frozenset({"call", "agent", "reporting", "originate"})


@dataclass(frozen=True, kw_only=True)
class ExchangeSettings:
    """How the exchange is set up. `seed` None: the last digit of a number decides; `speed` 10: ten times as fast.

    `write` are the permissions of its one manager user, `reads_calls` whether that user hears of calls, `context` where
    the dialplan lets members be dialled, `recordings` the folder for what is recorded; without one nothing is.
    """

    username: str = "hamseda"
    secret: str
    seed: int | None = None
    speed: float = 1.0
    write: frozenset[str] = WRITE_PERMISSIONS
    reads_calls: bool = True
    context: str = "hamseda-member"
    recordings: Path | None = None


class Exchange:
    """A running exchange; everything happens in its event loop."""

    def __init__(self, settings: ExchangeSettings) -> None:
        self.settings = settings
        self.switchboard = Switchboard(self._tell)
        self._sessions: set[Session] = set()
        self._calls: dict[str, SimulatedCall] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._call_counts: Counter[str] = Counter()

    async def talk_with(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it leaves."""
        session = Session(self, writer)
        self._sessions.add(session)
        try:
            await session.run(reader)
        finally:
            self._sessions.discard(session)
            session.close()

    def place_call(self, fields: Headers) -> None:
        """Begin the call that an Originate asks for."""
        number = fields["Exten"]
        self._call_counts[number] += 1
        channel_id = fields.get("ChannelId") or f"exchange-{self.switchboard.next_number()}"
        # An id in use is found out too late for the response: only OriginateResponse tells that it came to nothing.
        is_taken = channel_id in self._calls
        plan = Plan(
            action_id=fields.get("ActionID", ""),
            channel_id=channel_id,
            device=fields["Channel"],
            context=fields["Context"],
            number=number,
            caller_id=fields.get("CallerID", ""),
            ring_seconds=int(fields.get("Timeout", "30000")) / 1000,
            phone=Fate.UNCONNECTED if is_taken else fate_of_phone(fields["Channel"]),
            member=fate_of_member(number, seed=self.settings.seed, call_count=self._call_counts[number]),
            target=fields.get("Variable", "").partition("=")[2],
        )
        call = KINDS.get(plan.context, SimulatedCall)(plan, self.switchboard, self.settings.speed)
        self._calls.setdefault(channel_id, call)
        task = asyncio.get_running_loop().create_task(call.run())
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(call, done))

    def hang_up(self, name: str) -> bool:
        """End the leg of that name or id, and its call; says whether there is one."""
        channel = self.switchboard.find(name)
        if channel is None:
            return False
        # A leg that is to take a call over lives by itself until it is joined.
        call = self._calls.get(channel.uniqueid) or self._calls.get(channel.linkedid)
        if call is None:
            # The leg of an operator who handed a call over that has ended since.
            self.switchboard.hang_up(channel, *CLEARING)
        else:
            call.hang_up(channel)
        return True

    def call_of(self, channel: Channel) -> SimulatedCall | None:
        """The call that a live channel is a leg of."""
        return self._calls.get(channel.linkedid)

    def hand_of(self, channel: Channel) -> SimulatedHand | None:
        """The leg of somebody who takes a call over, as long as it is not joined."""
        found = self._calls.get(channel.uniqueid)
        return found if isinstance(found, SimulatedHand) and not found.is_joined else None

    def drop_links(self) -> None:
        """Cut every manager connection, as a restart of the network does; calls go on."""
        for session in list(self._sessions):
            session.close()

    async def stop(self) -> None:
        """End every call and every connection."""
        self.drop_links()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(session.closed() for session in self._sessions))

    def _forget(self, call: SimulatedCall, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if self._calls.get(call.plan.channel_id) is call:
            del self._calls[call.plan.channel_id]
        if not task.cancelled() and task.exception():
            log.error("a simulated call broke", exc_info=task.exception())

    def _tell(self, event: str, headers: Headers) -> None:
        if self.settings.reads_calls:
            for session in self._sessions:
                session.tell(event, headers)


async def serve(host: str, port: int, settings: ExchangeSettings, stopped: asyncio.Event) -> None:
    """Serve until `stopped` is set. Raises OSError when the port is taken."""
    exchange = Exchange(settings)
    server = await asyncio.start_server(exchange.talk_with, host, port)
    log.info("simulated exchange listens at %s:%s", host, server.sockets[0].getsockname()[1])
    await stopped.wait()
    server.close()
    await exchange.stop()


def run(app: Flask, *, seed: int | None = None, speed: float = 1.0) -> None:
    """The `hamseda exchange` command: play the exchange that the settings expect, until the process is asked to stop.

    Raises SettingError when something else listens there.
    """
    settings: Settings = app.config["SETTINGS"]
    exchange = ExchangeSettings(
        username=settings.ami_username,
        secret=settings.ami_secret,
        seed=seed,
        speed=speed,
        context=settings.ami_context,
        recordings=settings.recordings,
    )
    try:
        asyncio.run(_serve_until_asked_to_stop(settings.ami_host, settings.ami_port, exchange))
    except OSError as error:
        raise SettingError("HAMSEDA_AMI_PORT", f"cannot be listened on: {error}") from error


async def _serve_until_asked_to_stop(host: str, port: int, exchange: ExchangeSettings) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    await serve(host, port, exchange, stopped)


@dataclass(frozen=True)
class Running:
    """An exchange in a thread of this process, with its port."""

    exchange: Exchange
    loop: asyncio.AbstractEventLoop
    port: int

    def drop_links(self) -> None:
        """Cut every manager connection."""
        self.loop.call_soon_threadsafe(self.exchange.drop_links)


@contextlib.contextmanager
def running(settings: ExchangeSettings, *, port: int = 0) -> Iterator[Running]:
    """Run an exchange on loopback in a thread; port 0 takes a free one."""
    loop = asyncio.new_event_loop()
    exchange = Exchange(settings)
    server = loop.run_until_complete(asyncio.start_server(exchange.talk_with, "127.0.0.1", port))
    thread = threading.Thread(target=loop.run_forever, name="exchange", daemon=True)
    thread.start()
    try:
        yield Running(exchange, loop, server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(server.close)
        asyncio.run_coroutine_threadsafe(exchange.stop(), loop).result(timeout=60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
