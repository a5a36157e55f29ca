"""From the exchange's event to the operator's screen, while many screens are open: "the member has answered"."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from sqlalchemy import select

from benchmarks import crowd
from benchmarks import servers
from benchmarks.harness import Result
from benchmarks.harness import percentile
from callcenter.calls import requesting
from callcenter.calls.models import CallState
from callcenter.desk.slices import HAS_HEADER
from callcenter.operators.models import Operator
from callcenter.queue import claim
from callcenter.simulation import scene
from callcenter.simulation.wire import Browser
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from config import aftercommit
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

    from benchmarks.crowd import Crowd
    from benchmarks.servers import House
    from callcenter.simulation.scene import SignedIn
    from callcenter.telephony.exchange.channels import Headers
    from callcenter.telephony.exchange.server import Running

SCREENS = 300
CALLS = {"small": 60, "full": 240}
# What three hundred operators ask for: each a call every two minutes.
CALLS_A_SECOND = 2.5
P95_MS = 150.0
# The members ring and answer so many times faster than people; what is measured begins when they have.
SPEED = 4.0
SEED = 1
SETTLE_SECONDS = 15.0
# As static/js/desk/stream.js waits for further news before it asks.
SOON_SECONDS = 0.01


class Clock:
    """When the exchange told of an answered member, by the operator's extension, and what came to their screens."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}
        self.heard: list[float] = []
        self.seen: list[float] = []

    def listen(self, exchange: Running) -> None:
        """Note the moments at which the exchange tells that a member has answered."""
        board = exchange.exchange.switchboard
        tell = board.tell

        def timed(event: str, headers: Headers) -> None:
            if event == "DialEnd" and headers.get("DialStatus") == "ANSWER" and "Channel" in headers:
                self.told[headers["Channel"].partition("/")[2].partition("-")[0]] = time.perf_counter()
            tell(event, headers)

        board.tell = timed


def measure(size: str) -> Result:
    """Open the screens, make the calls, and see what arrives when."""
    clock = Clock()
    with contextlib.ExitStack() as stack:
        house = stack.enter_context(servers.house())
        made = crowd.make(house.app, operators=SCREENS, members=SCREENS * 2, is_queued=True)
        secret = secrets.token_hex(8)
        exchange = stack.enter_context(running(ExchangeSettings(secret=secret, seed=SEED, speed=SPEED)))
        clock.listen(exchange)
        house.environment.update(
            HAMSEDA_AMI_PORT=str(exchange.port), HAMSEDA_AMI_SECRET=secret, HAMSEDA_WEB_THREADS=str(SCREENS * 2)
        )
        stack.enter_context(_pbx(house))
        port = stack.enter_context(servers.web(house))
        held = _hold(house, made, CALLS[size])
        calls = threading.Thread(target=_call, args=(house, held))
        asyncio.run(_watch(house, made, port, clock, calls, len(held)))
        calls.join()
    print(f"{len(clock.heard)} answered of {CALLS[size]} calls, {SCREENS} screens open")
    p95 = percentile(clock.seen, 0.95)
    return Result(
        name="events",
        measured={
            "heard_p50_ms": percentile(clock.heard, 0.5),
            "heard_p95_ms": percentile(clock.heard, 0.95),
            "screen_p50_ms": percentile(clock.seen, 0.5),
            "screen_p95_ms": p95,
            "answered": len(clock.heard),
        },
        budget={"screen_p95_ms": P95_MS},
        ratio=p95 / P95_MS,
        ok=p95 < P95_MS,
    )


@contextlib.contextmanager
def _pbx(house: House) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-c", "from wsgi import main; main()", "pbx"], env=os.environ | house.environment
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(servers.START_SECONDS)


def _hold(house: House, made: Crowd, count: int) -> dict[int, int]:
    """Give each of so many operators a member, before anything is measured; gives the entries by operator."""
    held = {}
    with house.app.app_context():
        for operator_id in made.operator_ids[:count]:
            entry_id = claim.claim_next(operator_id, campaign_ids=[made.campaign_id], now=utcnow())
            if entry_id is not None:
                held[operator_id] = entry_id
        aftercommit.forget()
        db.session.commit()
        db.session.remove()
    return held


def _call(house: House, held: Mapping[int, int]) -> None:
    """Let one operator after the other call their member."""
    with house.app.app_context():
        for operator_id, entry_id in held.items():
            requesting.request_call(entry_id, operator_id, now=utcnow())
            db.session.commit()
            db.session.remove()
            time.sleep(1 / CALLS_A_SECOND)


async def _watch(house: House, made: Crowd, port: int, clock: Clock, calls: threading.Thread, count: int) -> None:
    people = scene.sign_in(house.app, made.operator_ids)
    with house.app.app_context():
        rows = db.session.execute(select(Operator.user_id, Operator.extension))
        extensions = {row[0]: row[1] for row in rows}
        db.session.remove()
    screens = [Screen(one, port, clock, extensions[one.user_id]) for one in people]
    tasks = [asyncio.create_task(one.live()) for one in screens]
    for one in screens:
        await one.is_open.wait()
    calls.start()
    await asyncio.sleep(count / CALLS_A_SECOND + SETTLE_SECONDS)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Screen:
    """An open desk, as static/js/desk has it: after any news it asks for the parts that it has not."""

    def __init__(self, one: SignedIn, port: int, clock: Clock, extension: str) -> None:
        self.is_open = asyncio.Event()
        self._topic = f"operator:{one.user_id}"
        self._browser = Browser(port, {"Cookie": one.cookie, "X-CSRFToken": one.csrf_token})
        self._clock, self._extension = clock, extension
        self._keys: dict[str, str] = {}
        self._news = asyncio.Event()
        self._told: float | None = None

    async def live(self) -> None:
        """Until cancelled."""
        await asyncio.gather(self._hear(), self._show())

    async def _hear(self) -> None:
        async for text in self._browser.news(self._topic):
            if text != "{}" and json.loads(text)["data"].get("state") == CallState.CONNECTED:
                self._told = self._clock.told[self._extension]
                self._clock.heard.append((time.perf_counter() - self._told) * 1000)
            self._news.set()

    async def _show(self) -> None:
        while True:
            await self._news.wait()
            await asyncio.sleep(SOON_SECONDS)
            self._news.clear()
            told, self._told = self._told, None
            has = " ".join(f"{part}={key}" for part, key in self._keys.items())
            answer = await self._browser.get("/desk/parts", {HAS_HEADER: has})
            self._keys |= json.loads(answer.body).get("keys", {})
            self.is_open.set()
            if told is not None:
                self._clock.seen.append((time.perf_counter() - told) * 1000)
