"""A house of its own for a shift: its processes in a folder that is removed, its operators in a thread of this one."""

from __future__ import annotations

import asyncio
import math
import tempfile
import threading
import time
from collections import deque
from dataclasses import dataclass
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from flask_migrate import upgrade
from sqlalchemy import exists
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.simulation import report
from callcenter.simulation import scene
from callcenter.simulation import shift
from callcenter.simulation.caller import Shift
from callcenter.simulation.errors import NeverReadyError
from callcenter.simulation.measures import Measures
from config.database import db
from config.database import utcnow
from config.processes.readiness import ReadinessWatch
from config.processes.running import house_specs
from config.processes.supervisor import Supervisor
from config.processes.web import free_port
from config.settings import PREFIX
from config.settings import Settings
from config.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from callcenter.simulation.report import Report
    from callcenter.simulation.scene import Scene

CALLS_AN_HOUR = 40
CALLS_AT_LEAST = 3
FEWEST_MEMBERS = 40
# An open desk holds a thread; the operating system does not spread them evenly over the processes.
THREADS_FOR_PAGES = 32
MOST_THREADS = 2000
SPREAD = 1.4
READY_SECONDS = 180.0
SETTLE_SECONDS = 60.0
LOOK_SECONDS = 0.2
LINES_KEPT = 40


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The shift to simulate: people work, ring and answer `speed` times faster than they do.

    It lasts so many `hours` of theirs, or until each operator has called so many times (`calls`), or what comes first.
    `database_url` is that of an empty database; without one it is SQLite, in the folder that is removed.
    """

    operators: int
    seed: int
    speed: float
    hours: float | None = None
    calls: int | None = None
    web_processes: int = 1
    database_url: str | None = None

    @property
    def shift(self) -> Shift:
        """The shift in seconds of the clock."""
        seconds = None if self.hours is None else self.hours * 3600 / self.speed
        return Shift(self.operators, self.speed, seconds=seconds, calls=self.calls)

    @property
    def members(self) -> int:
        """As many as the quickest operator could call, and some over."""
        by_hours = math.inf if self.hours is None else self.hours * CALLS_AN_HOUR
        by_calls = math.inf if self.calls is None else self.calls
        return max(FEWEST_MEMBERS, int(self.operators * (min(by_hours, by_calls) + CALLS_AT_LEAST)))


class _Play:
    """The shift in a thread of its own, beside the supervisor of the processes."""

    def __init__(self, app: Flask, made: Scene, plan: Plan, port: int) -> None:
        self._app, self._scene, self._plan, self._port = app, made, plan, port
        self._thread = threading.Thread(target=self._run, name="shift", daemon=True)
        self.report: Report | None = None
        self.failure: Exception | None = None

    def start(self) -> None:
        """Let the operators come."""
        self._thread.start()

    @property
    def is_over(self) -> bool:
        """Whether it was started and has ended, in one way or the other."""
        return self._thread.ident is not None and not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self.report = self._live()
        except Exception as error:  # noqa: BLE001  # told by the command, at the end of the thread
            self.failure = error

    def _live(self) -> Report:
        people = scene.sign_in(self._app, self._scene.operator_ids)
        measures, began = Measures(), utcnow()
        asyncio.run(shift.work(people, self._port, measures, self._plan.shift, seed=self._plan.seed))
        ended = utcnow()
        with self._app.app_context():
            _wait_for_the_line()
            return report.make(self._scene, measures, began=began, ended=ended, speed=self._plan.speed)


def simulate(plan: Plan, create_app: Callable[[Settings], Flask]) -> Report:
    """Simulate a shift; returns when its processes have stopped. Raises NotEmptyError, NeverReadyError."""
    with tempfile.TemporaryDirectory(prefix="hamseda-simulation-") as folder:
        settings = _settings(plan, Path(folder))
        app, port = create_app(settings), free_port()
        play = _Play(app, _prepare(app, plan), plan, port)
        said = _run(settings, plan, play, port)
        with app.app_context():
            db.engine.dispose()
    if play.failure is not None:
        raise play.failure
    if play.report is None:
        raise NeverReadyError("\n".join(said))
    return play.report


def _settings(plan: Plan, home: Path) -> Settings:
    """Settings of nobody else: no database, no Asterisk and no text gateway of the real house is touched."""
    threads = int(SPREAD * plan.operators / plan.web_processes) + THREADS_FOR_PAGES
    given = {
        "HAMSEDA_HOME": str(home),
        "HAMSEDA_DATABASE_URL": plan.database_url,
        "HAMSEDA_LOG_LEVEL": "WARNING",
        "HAMSEDA_WEB_THREADS": str(min(threads, MOST_THREADS)),
    }
    return load_settings({name: value for name, value in given.items() if value}, env_file=None)


def _as_environment(settings: Settings) -> dict[str, str]:
    """Every setting by name, so that none of the surroundings takes its place."""
    told = {}
    for one in fields(settings):
        value = getattr(settings, one.name)
        if isinstance(value, bool):
            value = int(value)
        told[PREFIX + one.name.upper()] = " ".join(value) if isinstance(value, tuple) else str(value)
    return told


def _prepare(app: Flask, plan: Plan) -> Scene:
    with app.app_context():
        upgrade()
        made = scene.make(operator_count=plan.operators, member_count=plan.members, seed=plan.seed, now=utcnow())
        db.session.remove()
        # The processes must not inherit connections.
        db.engine.dispose()
    return made


def _run(settings: Settings, plan: Plan, play: _Play, port: int) -> list[str]:
    """Keep the processes alive as long as the shift lasts; gives what they said last."""
    said: deque[str] = deque(maxlen=LINES_KEPT)
    specs = house_specs(
        settings,
        port=port,
        speed=plan.speed,
        seed=plan.seed,
        web_processes=plan.web_processes,
        further=_as_environment(settings),
    )
    supervisor = Supervisor(specs, lambda name, line: said.append(f"{name}: {line}"))
    watch, deadline = ReadinessWatch(f"http://127.0.0.1:{port}"), time.monotonic() + READY_SECONDS

    def on_tick() -> None:
        if watch.look() == "ready":
            play.start()
        if play.is_over or (not watch.is_ready and time.monotonic() > deadline):
            supervisor.stop()

    supervisor.run(on_tick)
    return list(said)


def _wait_for_the_line() -> None:
    """The last calls were hung up a moment ago; the exchange tells when they have ended."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while db.session.scalar(select(exists().where(Call.ended_at.is_(None)))) and time.monotonic() < deadline:
        db.session.rollback()
        time.sleep(LOOK_SECONDS)
    db.session.rollback()
