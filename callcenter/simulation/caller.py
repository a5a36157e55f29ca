"""One simulated operator at a browser: does what the desk's script does, and what the person before it does."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import time
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from callcenter.desk.slices import HAS_HEADER
from callcenter.simulation.reading import read
from config.live import PAGE_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from callcenter.simulation.conduct import Act
    from callcenter.simulation.conduct import Conduct
    from callcenter.simulation.measures import Measures
    from callcenter.simulation.reading import Sheet
    from callcenter.simulation.wire import Answer
    from callcenter.simulation.wire import Browser

log = logging.getLogger(__name__)

# As static/js/desk does, in the seconds of the house's clock.
POLL_SECONDS = 2.0
HERE_SECONDS = 20.0
SOON_SECONDS = 0.01
REFUSED = 400
# The parts in which the operator works; a form of an earlier one goes first.
PARTS = ("script", "call", "member", "bar")


@dataclass
class Shift:
    """How long it lasts and how many times faster than people its operators are.

    It begins when the desks of all `operators` are open, however long that takes, and is over after so many `seconds`
    (None: never); whoever has called somebody `calls` times goes home before (None: nobody does).
    """

    operators: int
    speed: float
    seconds: float | None = None
    calls: int | None = None
    _opened: set[int] = field(default_factory=set)
    _until: float = math.inf

    def open(self, user_id: int) -> None:
        """Somebody's desk is open."""
        self._opened.add(user_id)
        if len(self._opened) == self.operators and self.seconds is not None and self._until == math.inf:
            self._until = time.monotonic() + self.seconds

    @property
    def is_over(self) -> bool:
        """Whether nobody is to be called any more, and nobody dawdles."""
        return time.monotonic() >= self._until

    def has_called_enough(self, calls: int) -> bool:
        """Whether somebody who has called so many times is done for the day."""
        return self.calls is not None and calls >= self.calls


class Caller:
    """Works from `work` on until the shift is over for this operator and the desk is free, or until cancelled."""

    def __init__(self, user_id: int, browser: Browser, conduct: Conduct, shift: Shift, measures: Measures) -> None:
        self._user_id = user_id
        self._browser = browser
        self._conduct = conduct
        self._shift = shift
        self._measures = measures
        self._page = f"simulated-{user_id}"
        self._parts: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._news = asyncio.Event()
        self._here_at = 0.0
        self._call_count = 0

    async def work(self) -> None:
        """The whole shift."""
        async with asyncio.TaskGroup() as tasks:
            stream = tasks.create_task(self._follow())
            try:
                await self._work()
            finally:
                stream.cancel()
                self._browser.close()

    async def _work(self) -> None:
        await self._get("page", "/desk")
        await self._post("here", {})
        self._shift.open(self._user_id)
        while not self._is_free:
            act = self._conduct.next(self._desk, is_leaving=self._is_leaving)
            if act is None:
                await self._wait(POLL_SECONDS * 5)
            elif await self._reach(act):
                await self._post(act.action, act.form)
        await self._post("off", {})

    @property
    def _is_leaving(self) -> bool:
        """Whether this operator calls nobody any more."""
        return self._shift.is_over or self._shift.has_called_enough(self._call_count)

    @property
    def _is_free(self) -> bool:
        """Nothing on the desk waits for this operator, who leaves, but another member."""
        desk = self._desk
        is_free = desk.get("ready") is not None or desk.get("call") is not None
        return self._is_leaving and is_free and desk.get("outcome/cut_off") is None

    @property
    def _desk(self) -> Sheet:
        return read("".join(self._parts.get(part, "") for part in PARTS))

    async def _reach(self, act: Act) -> bool:
        """Let the time of an act pass; says whether the desk still has it then. After the shift nobody dawdles."""
        pause = act.seconds / self._shift.speed if act.pause_ms is None else act.pause_ms / 1000
        until = time.monotonic() + pause
        while (left := until - time.monotonic()) > 0 and not self._shift.is_over:
            if not await self._wait(left):
                break
        form = self._desk.get(act.action)
        return form is not None and form.fields.items() <= act.form.items()

    async def _wait(self, seconds: float) -> bool:
        """Wait for news and look at it, at most so long; says whether there was any. The desk says that it is open."""
        due = min(seconds, max(0.0, self._here_at - time.monotonic()))
        try:
            async with asyncio.timeout(due):
                await self._news.wait()
        except TimeoutError:
            if due < seconds:
                await self._post("here", {})
                return True
            return False
        await asyncio.sleep(SOON_SECONDS)
        self._news.clear()
        await self._get("parts", "/desk/parts")
        return True

    async def _follow(self) -> None:
        """Hear of news; while the stream is cut there is supposed to be some every two seconds."""
        while True:
            try:
                async for text in self._browser.news(f"operator:{self._user_id}"):
                    # What this desk has done itself is in the answer to it.
                    if json.loads(text).get("data", {}).get("by") != self._page:
                        self._news.set()
            except OSError as error:
                log.debug("the stream of operator %s ended: %s", self._user_id, error)
            self._measures.failed("stream", "cut")
            await asyncio.sleep(POLL_SECONDS)
            self._news.set()

    async def _get(self, action: str, path: str) -> None:
        try:
            self._take(action, await self._browser.get(path, self._headers))
        except OSError as error:
            self._measures.failed(action, type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)

    async def _post(self, action: str, form: Mapping[str, str]) -> None:
        if action == "here":
            self._here_at = time.monotonic() + HERE_SECONDS
        try:
            self._take(action, await self._browser.post(f"/desk/{action}", form, self._headers))
        except OSError as error:
            self._measures.failed(action, type(error).__name__)
            await asyncio.sleep(POLL_SECONDS)
            self._news.set()

    @property
    def _headers(self) -> dict[str, str]:
        has = " ".join(f"{part}={key}" for part, key in self._keys.items())
        return {PAGE_HEADER: self._page, HAS_HEADER: has}

    def _take(self, action: str, answer: Answer) -> None:
        self._measures.took(action.partition("/")[0], answer.milliseconds)
        if action == "page" and answer.status < REFUSED:
            return
        try:
            data = json.loads(answer.body)
        except ValueError:
            data = {}
        if answer.status >= REFUSED or not data:
            self._measures.failed(action, str(data.get("error") or answer.status))
        elif action == "call":
            self._call_count += 1
        self._parts |= {part: data[part] for part in PARTS if part in data}
        self._keys |= data.get("keys", {})
