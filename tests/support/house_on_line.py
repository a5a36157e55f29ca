"""A house on the simulated exchange: a pbx process in a thread, operators who ask, and what the screens are told."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager

from callcenter.calls import requesting
from callcenter.telephony.ami import Timing
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.link import Address
from config.database import begin_writing
from config.database import db
from config.database import restore_mode
from config.database import utcnow
from config.live import CHANNEL_PREFIX
from config.live import quick_redis
from tests.support.calling import read_call
from tests.support.pbx_process import hold_line

WAIT_SECONDS = 120
TIMING = Timing(retry_first=0.01, retry_last=0.05)
SETTINGS = ExchangeSettings(secret="s3cret", speed=100)


class HouseOnLine:
    """A pbx process in a thread, and an ear on what the screens of the floor are told."""

    def __init__(self, app, port):
        self._app = app
        self._port = port
        self._ear = quick_redis(app).pubsub(ignore_subscribe_messages=True)
        self._ear.psubscribe(f"{CHANNEL_PREFIX}floor:*")
        self._told = []
        self.start()

    def start(self):
        address = Address(host="127.0.0.1", port=self._port, username="hamseda", secret="s3cret")
        self.pbx, self.stop = hold_line(self._app, address, timing=TIMING)

    def request(self, held):
        call_id = requesting.request_call(held.entry_id, held.operator_id, now=utcnow())
        db.session.commit()
        self.pbx.inbox.wake()
        return call_id

    def wish(self, call_id, **wishes):
        for name, is_wanted in wishes.items():
            ask = {"mute": requesting.request_mute, "hold": requesting.request_hold}[name]
            ask(call_id, is_wanted=is_wanted, now=utcnow())
        db.session.commit()
        self.pbx.inbox.wake()

    def wait_until(self, call_id, holds):
        """The call's row once this holds of it."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not holds(call := read_call(call_id)):
            assert time.monotonic() < deadline, f"call {call_id} is {call.state}, on hold: {call.is_on_hold}"
            time.sleep(0.01)
        return call

    def hang_up(self, call_id):
        requesting.request_hangup(call_id, now=utcnow())
        db.session.commit()
        self.pbx.inbox.wake()

    def wait_for(self, call_id, *states):
        """The call's row, once the screens were told that it is in one of these states."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not any(told["call_id"] == call_id and told["state"] in states for told in self._told):
            assert time.monotonic() < deadline, f"{states} was not told of: {self._told}"
            message = self._ear.get_message(timeout=1)
            news = json.loads(message["data"]) if message else {}
            if news.get("kind") == "call":
                self._told.append(news)
        return read_call(call_id)

    def wait_for_end(self, call_id):
        return self.wait_for(call_id, "ended", "failed")


@contextmanager
def house_at_work(app, port, kind=HouseOnLine):
    """Such a house while two write here at once, as the processes of a real house do."""
    mode = begin_writing()
    house = kind(app, port)
    yield house
    db.session.rollback()
    house.stop()
    restore_mode(mode)
