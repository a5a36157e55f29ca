"""The pbx process: it alone talks to the exchange. It dials what is asked for and writes down what the line tells.

One thread does everything; the line's thread only fills its inbox, so a slow database never deafens the reader.
Every unit of work is a transaction of its own, and one bad call never stops the others.

The dialplan it counts on (context `ami_context`, here `hamseda-member`):
- the operator's leg comes there when it is answered, with the member's number in national digits as the extension;
  patterns let through only numbers that may be dialled (`_09XXXXXXXXX`, `_0[1-8]XXXXXXXXX`);
- it sets the caller's number that members see, dials the member over the trunk with `Dial()` once, for 45 seconds at
  most, and hangs up when Dial returns; it answers nothing and plays nothing itself;
- the channel has HAMSEDA_CALL, HAMSEDA_CAMPAIGN and HAMSEDA_CLUB, which are numbers;
- on hold the two legs go to the extensions `operator` and `member` of the context `hamseda-hold`, which wait, with
  music for the member, and hang up when the wait is over: there a leg goes on, too, after a talk that was resumed;
- the key D of the operator's leg leads the member's to `s` in `hamseda-record`, which records a leg that has the name
  of a file in HAMSEDA_RECORDING, and no other;
- the leg of somebody who takes a call over comes to `consult` (with the id of the operator's leg in HAMSEDA_HANDOVER,
  which it talks with until it is joined with the member; left alone, the operator waits on hold again) or to `join`
  (where it waits for that) in the context `hamseda-handover`;
- a supervisor's leg comes to `listen`, `whisper` or `barge` in the context `hamseda-listen`, with the id of the
  operator's leg in HAMSEDA_LISTEN.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import TYPE_CHECKING

from callcenter.telephony.dialler import Dialler
from callcenter.telephony.dialler import DialPlan
from callcenter.telephony.drift import DriftCheck
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.follower import Follower
from callcenter.telephony.handovers import Handovers
from callcenter.telephony.inbox import Inbox
from callcenter.telephony.line import AmiLine
from callcenter.telephony.line import address_of
from callcenter.telephony.listener import Listener
from callcenter.telephony.messages import ChannelsListed
from callcenter.telephony.messages import JoinRefused
from callcenter.telephony.messages import LinkUp
from callcenter.telephony.messages import RecordingMessage
from callcenter.telephony.messages import SpyStarted
from callcenter.telephony.messages import WishRefused
from callcenter.telephony.recorder import Recorder
from callcenter.telephony.waking import wake_on_requests
from config.database import utcnow
from config.live import quick_redis
from config.processes import heartbeats
from config.processes import tallies

if TYPE_CHECKING:
    from flask import Flask

    from callcenter.telephony.messages import Message
    from callcenter.telephony.port import Line

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
BEAT_SECONDS = 5.0
# How often the exchange is asked what lives, in case an event was lost; sooner while an answer is awaited. What two
# lists tell is mended, so a lost event does its harm for a minute at most.
COMPARE_SECONDS = 30.0
ASK_AGAIN_SECONDS = 6.0
# An exchange that is away for longer has lost its calls, and operators wait for theirs to end.
GIVE_UP_SECONDS = 120.0


class Pbx:
    """The loop of the process: messages as they come, and a look at what is wanted once a second or when woken."""

    def __init__(self, app: Flask, line: Line, plan: DialPlan) -> None:
        self._app = app
        self._line = line
        self.inbox = Inbox()
        self._follower = Follower(app, line)
        self._drift = DriftCheck(app, line, self._follower)
        self._dialler = Dialler(app, line, self._follower, plan)
        self._listener = Listener(app, line, operator_channel=plan.operator_channel)
        self._recorder = Recorder(app, line, self._follower)
        self._handovers = Handovers(app, line, self._follower, operator_channel=plan.operator_channel)
        self._look_at = self._beat_at = self._compare_at = 0.0
        self._had_gap = True
        self._connected_at = time.monotonic()

    def run(self, stopped: threading.Event) -> None:
        """Work until `stopped` is set, then leave the calls on the line as they are."""
        self._line.start(self.inbox.put)
        try:
            while not stopped.is_set():
                self.turn()
        finally:
            self._follower.save_late()
            self._line.close()

    def turn(self) -> None:
        """Take one message, or look around when it is time or somebody woke us."""
        message = self.inbox.take(max(0.0, self._look_at - time.monotonic()))
        try:
            if message is not None:
                self._take(message)
            if message is None or time.monotonic() >= self._look_at:
                self._look()
        except Exception:
            # The database may be away: what was told is kept in the tracks, what is asked for in the table.
            log.exception("the pbx process goes on after")
            self._look_at = time.monotonic() + LOOK_SECONDS

    def _take(self, message: Message) -> None:
        if isinstance(message, LinkUp):
            self._had_gap = True
            self._ask_for_channels()
        elif isinstance(message, ChannelsListed):
            self._compare(message)
        elif isinstance(message, WishRefused):
            self._dialler.refuse(message)
        elif isinstance(message, RecordingMessage):
            self._recorder.take(message)
        elif isinstance(message, JoinRefused):
            self._handovers.refuse(message)
        elif not (self._listener.take(message) or self._handovers.take(message) or isinstance(message, SpyStarted)):
            self._follower.take(message)

    def _look(self) -> None:
        self._look_at = time.monotonic() + LOOK_SECONDS
        self._handovers.work(now=utcnow())
        self._dialler.work(now=utcnow(), is_settled=not self._had_gap, moving=self._handovers.moving)
        self._listener.work(now=utcnow())
        self._recorder.work(now=utcnow())
        self._follower.save_late()
        if self._line.is_connected:
            self._connected_at = time.monotonic()
            if time.monotonic() >= self._compare_at:
                self._ask_for_channels()
            self._beat()
        elif time.monotonic() - self._connected_at > GIVE_UP_SECONDS:
            self._follower.give_up()

    def _ask_for_channels(self) -> None:
        self._compare_at = time.monotonic() + ASK_AGAIN_SECONDS
        try:
            self._line.list_channels()
        except LineDownError as error:
            log.warning("the live channels could not be asked for: %s", error)

    def _compare(self, listed: ChannelsListed) -> None:
        if self._drift.check(listed.channels, asked_at=listed.asked_at, had_gap=self._had_gap):
            if self._had_gap:
                self._dialler.after_gap()
            self._had_gap = False
            self._compare_at = time.monotonic() + COMPARE_SECONDS
        self._listener.compare(listed.channels, asked_at=listed.asked_at)
        self._handovers.compare(listed.channels, asked_at=listed.asked_at)
        client = quick_redis(self._app)
        tallies.add(client, "line_checks", {"done": 1})
        tallies.add(client, "line_mended", self._drift.take_mended())

    def _beat(self) -> None:
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + BEAT_SECONDS
            heartbeats.beat(quick_redis(self._app), heartbeats.of_line("line", self._app.config["LINE"]))


def run(app: Flask) -> None:
    """The `hamseda pbx` command: hold the line of these settings until the process is asked to stop."""
    settings = app.config["SETTINGS"]
    stopped = threading.Event()
    plan = DialPlan(operator_channel=settings.ami_operator_channel, context=settings.ami_context)
    pbx = Pbx(app, AmiLine(address_of(settings), context=settings.ami_context), plan)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    wake_on_requests(settings.redis_url, pbx.inbox, stopped)
    pbx.run(stopped)
