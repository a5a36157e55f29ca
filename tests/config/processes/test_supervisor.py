from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.processes.children import ChildSpec
from config.processes.supervisor import LONGEST_WAIT_SECONDS
from config.processes.supervisor import Supervisor
from config.processes.supervisor import wait_seconds

PATIENCE_SECONDS = 120


def python(code: str) -> list[str]:
    return [sys.executable, "-u", "-c", code]


class Stage:
    """Runs a supervisor until a line was said, then asks it to stop; remembers every line."""

    def __init__(self, *specs: ChildSpec) -> None:
        self.lines: list[tuple[str, str]] = []
        self._supervisor = Supervisor(specs, lambda name, line: self.lines.append((name, line)))

    def run_until(self, is_enough) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}

        def on_tick() -> None:
            if is_enough(self.lines) or time.monotonic() > deadline:
                os.kill(os.getpid(), signal.SIGTERM)

        try:
            self._supervisor.run(on_tick)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        assert is_enough(self.lines)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize(
    ("deaths", "seconds"), [(1, 0.5), (2, 1.0), (3, 2.0), (6, 16.0), (7, 30.0), (500, LONGEST_WAIT_SECONDS)]
)
def test_the_wait_doubles_with_every_death_up_to_half_a_minute(deaths, seconds):
    assert wait_seconds(deaths) == seconds


def test_shows_the_lines_of_a_child_under_its_name():
    stage = Stage(ChildSpec(name="web", command=python("print('one'); print('two'); import time; time.sleep(60)")))

    stage.run_until(lambda lines: ("web", "two") in lines)

    assert ("web", "one") in stage.lines


def test_starts_a_child_that_died_again_and_says_so():
    stage = Stage(ChildSpec(name="pbx", command=python("import os; print(os.getpid()); os._exit(3)")))

    stage.run_until(lambda lines: len({line for name, line in lines if name == "pbx"}) >= 2)

    assert ("hamseda", "pbx ended (exit code 3); it is started again in 0.5 s") in stage.lines


def test_leaves_no_grandchild_behind():
    code = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(child.pid)\n"
        "time.sleep(60)\n"
    )
    stage = Stage(ChildSpec(name="worker", command=python(code)))

    stage.run_until(lambda lines: any(name == "worker" for name, _ in lines))

    pid = next(int(line) for name, line in stage.lines if name == "worker")
    wait_for(lambda: not is_alive(pid) or is_zombie(pid))


def test_ends_a_child_that_will_not_stop(monkeypatch):
    monkeypatch.setattr("config.processes.supervisor.GRACE_SECONDS", 0.3)
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf'); time.sleep(60)"
    stage = Stage(ChildSpec(name="clock", command=python(code)))

    stage.run_until(lambda lines: ("clock", "deaf") in lines)

    assert ("hamseda", "clock did not stop in time and was ended") in stage.lines


def test_a_foundation_outlives_what_stands_on_it():
    last_words = (
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: (print('bye'), sys.exit()))\n"
        "print('up')\n"
        "time.sleep(60)\n"
    )
    stage = Stage(
        ChildSpec(name="redis", command=python(last_words), is_foundation=True),
        ChildSpec(name="web", command=python(last_words)),
    )

    stage.run_until(lambda lines: {("redis", "up"), ("web", "up")} <= set(lines))

    assert [name for name, line in stage.lines if line == "bye"] == ["web", "redis"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent's life")
def test_a_child_is_asked_to_stop_when_we_are_killed(tmp_path):
    code = (
        "from config.processes.children import ChildSpec\n"
        "from config.processes.supervisor import Supervisor\n"
        "import sys\n"
        "spec = ChildSpec(name='x', command=[sys.executable, '-u', '-c', "
        "'import os, time; print(os.getpid()); time.sleep(60)'])\n"
        "Supervisor([spec], lambda name, line: print(line, flush=True)).run(lambda: None)\n"
    )
    with subprocess.Popen(python(code), stdout=subprocess.PIPE, text=True) as parent:
        pid = int(parent.stdout.readline())
        parent.kill()

        wait_for(lambda: not is_alive(pid) or is_zombie(pid))


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def wait_for(is_true) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = threading.Event()
    while not is_true():
        assert time.monotonic() < deadline
        pause.wait(0.05)
