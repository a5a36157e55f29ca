"""Starts the children, shows their lines, brings back those that die, and ends them all."""

from __future__ import annotations

import selectors
import signal
import time
from typing import TYPE_CHECKING

from config.processes.children import Child

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from types import FrameType

    from config.processes.children import ChildSpec

TICK_SECONDS = 0.2
GRACE_SECONDS = 8.0
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
# A child that lived this long did start well: its next death begins the back-off anew.
SETTLED_SECONDS = 60.0


def wait_seconds(deaths: int) -> float:
    """How long to wait before the start that follows `deaths` deaths in a row: doubling, up to half a minute."""
    return min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0 ** min(deaths - 1, 10))


class _Place:
    """The place of one child: the living process, or when to start the next."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self.child: Child | None = None
        self.deaths = 0
        self.started_at = 0.0
        self.start_at = 0.0


class Supervisor:
    """Runs in one thread; `say(name, line)` shows a line of a child or of the supervisor itself (`hamseda`)."""

    def __init__(self, specs: Sequence[ChildSpec], say: Callable[[str, str], None]) -> None:
        self._places = [_Place(spec) for spec in specs]
        self._say = say
        self._selector = selectors.DefaultSelector()
        self._stop_signals = 0

    def run(self, on_tick: Callable[[], None]) -> None:
        """Keep the children alive until SIGINT, SIGTERM or `stop`; `on_tick` is called about five times a second."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            while not self._stop_signals:
                self._start_due()
                self._tick()
                on_tick()
        finally:
            self._stop_all()

    def stop(self) -> None:
        """Let `run` end the children and return."""
        self._stop_signals += 1

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.stop()

    def _start_due(self) -> None:
        for place in self._places:
            if place.child is None and time.monotonic() >= place.start_at:
                place.child = Child(place.spec)
                place.started_at = time.monotonic()
                self._selector.register(place.child.output, selectors.EVENT_READ, place)

    def _tick(self) -> None:
        for key, _ in self._selector.select(TICK_SECONDS):
            self._show_lines(key.data)
        for place in self._places:
            if place.child is not None and place.child.process.poll() is not None:
                self._bury(place, place.child)

    def _show_lines(self, place: _Place) -> None:
        if place.child is None:
            return
        for line in place.child.read_lines():
            self._say(place.spec.name, line)

    def _bury(self, place: _Place, child: Child) -> None:
        code = self._remove(place, child)
        if self._stop_signals:
            return
        has_settled = time.monotonic() - place.started_at > SETTLED_SECONDS
        place.deaths = 1 if has_settled else place.deaths + 1
        wait = wait_seconds(place.deaths)
        place.start_at = time.monotonic() + wait
        self._say("hamseda", f"{place.spec.name} ended ({_reason(code)}); it is started again in {wait:g} s")

    def _remove(self, place: _Place, child: Child) -> int:
        self._show_lines(place)
        self._selector.unregister(child.output)
        place.child = None
        return child.kill_group()

    def _stop_all(self) -> None:
        for is_foundation in (False, True):
            self._stop([place for place in self._places if place.spec.is_foundation is is_foundation])
        self._selector.close()

    def _stop(self, places: list[_Place]) -> None:
        signals_before = self._stop_signals
        for place in places:
            if place.child is not None:
                place.child.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        # A second Ctrl-C means: at once.
        while (
            any(place.child for place in places)
            and time.monotonic() < deadline
            and self._stop_signals == signals_before
        ):
            self._tick()
        for place in places:
            if place.child is not None:
                self._say("hamseda", f"{place.spec.name} did not stop in time and was ended")
                self._remove(place, place.child)


def _reason(code: int) -> str:
    return f"by signal {-code}" if code < 0 else f"exit code {code}"
