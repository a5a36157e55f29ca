"""`hamseda run` as a person starts it: a data folder of its own, a free port, and an end that leaves nothing behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from config.processes import redis_server
from config.processes.errors import NoRedisError
from config.processes.web import free_port
from tests.support.require import require

if TYPE_CHECKING:
    from collections.abc import Iterator

HAMSEDA = [sys.executable, "-c", "from wsgi import main; main()"]
START_SECONDS = 90
STOP_SECONDS = 120


def environment(home: Path, **settings: str) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HAMSEDA_")}
    return clean | {"HAMSEDA_HOME": str(home), "PYTHONWARNINGS": ""} | settings


def processes_of(home: Path) -> list[int]:
    """Every process whose environment names the data folder."""
    mark = f"HAMSEDA_HOME={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def hamseda(home: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command of `hamseda` that ends by itself."""
    command, env = [*HAMSEDA, *words], environment(home, **settings)
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=START_SECONDS, check=False)


def wait_for(is_true, seconds: float) -> bool:
    pause = threading.Event()
    for _ in range(int(seconds / 0.1)):
        if is_true():
            return True
        pause.wait(0.1)
    return bool(is_true())


class Run:
    """A `hamseda run`, its lines, and the moment it said that it is ready."""

    def __init__(self, home: Path, *arguments: str, **settings: str) -> None:
        self.home, self.port = home, free_port()
        self.lines: list[str] = []
        self.is_ready = threading.Event()
        self.process = subprocess.Popen(
            [*HAMSEDA, "run", "--port", str(self.port), *arguments],
            env=environment(home, **settings), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if line.startswith("Hamseda is ready"):
                self.is_ready.set()

    def wait_until_ready(self) -> None:
        assert self.is_ready.wait(START_SECONDS), "\n".join(self.lines)

    def get(self, path: str) -> dict:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return json.load(answer)

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(STOP_SECONDS)
        self._reader.join(10)
        self.process.stdout.close()
        return code


@contextlib.contextmanager
def running(home: Path, *arguments: str, **settings: str) -> Iterator[Run]:
    run = Run(home, *arguments, **settings)
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.stop(signal.SIGKILL)
        run.process.stdout.close()


@pytest.fixture(autouse=True)
def _redis() -> None:
    try:
        redis_server.find_program()
    except NoRedisError:
        require("Redis server", False, "install redis-server or valkey-server")


def test_starts_everything_and_leaves_nothing_behind(tmp_path):
    with running(tmp_path, "--no-demo", HAMSEDA_LINES="shiraz") as run:
        run.wait_until_ready()
        assert run.get("/readyz") == {"ready": True, "down": []}
        assert f"Hamseda is ready: http://127.0.0.1:{run.port}" in run.lines
        assert wait_for(lambda: any("hamseda user add" in line for line in run.lines), 5)
        doctor = hamseda(tmp_path, "doctor", HAMSEDA_LINES="shiraz")

        code = run.stop()

    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "✗" not in doctor.stdout
    assert "✓ exchange shiraz, held by pbx: connected" in doctor.stdout
    assert code == 0
    assert run.lines[-1] == "hamseda  | everything has stopped"
    assert not any("Traceback" in line for line in run.lines), "\n".join(run.lines)
    assert wait_for(lambda: not processes_of(tmp_path), 10)
    assert not (tmp_path / "exchange.json").exists()


def test_brings_a_killed_process_back(tmp_path):
    with running(tmp_path, "--no-demo") as run:
        run.wait_until_ready()
        clock = next(pid for pid in processes_of(tmp_path) if b"\0clock" in Path(f"/proc/{pid}/cmdline").read_bytes())

        os.kill(clock, signal.SIGKILL)

        assert wait_for(lambda: any("clock ended (by signal 9)" in line for line in run.lines), 15)
        assert wait_for(lambda: run.get("/healthz") == {"alive": True}, 5)
        run.stop()


def test_a_second_run_on_the_same_data_is_refused_and_harms_nothing(tmp_path):
    with running(tmp_path, "--no-demo") as run:
        run.wait_until_ready()

        second = hamseda(tmp_path, "run", "--no-demo", "--port", str(free_port()))

        assert second.returncode == 1
        assert second.stderr.startswith(f"hamseda: Another `hamseda run` works with the data in {tmp_path}.")
        assert len(second.stderr.splitlines()) == 1
        assert run.get("/readyz") == {"ready": True, "down": []}
        assert (tmp_path / "exchange.json").exists()
        run.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent's life")
def test_a_kill_without_warning_leaves_nothing_behind(tmp_path):
    with running(tmp_path, "--no-demo") as run:
        run.wait_until_ready()

        run.stop(signal.SIGKILL)

        assert wait_for(lambda: not processes_of(tmp_path), STOP_SECONDS)


@pytest.mark.parametrize(
    ("arguments", "settings", "named"),
    [
        ([], {"HAMSEDA_COLOUR": "red"}, "HAMSEDA_COLOUR"),
        ([], {"HAMSEDA_AMI_HOST": "192.0.2.1"}, "HAMSEDA_AMI_SECRET"),
        ([], {"HAMSEDA_DATABASE_URL": "mysql://x/y"}, "HAMSEDA_DATABASE_URL"),
        ([], {"HAMSEDA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "HAMSEDA_DATABASE_URL"),
        ([], {"HAMSEDA_WEB_THREADS": "many"}, "HAMSEDA_WEB_THREADS"),
    ],
    ids=["unknown setting", "no secret for a real exchange", "unknown database", "no database there", "malformed"],
)
def test_says_in_one_line_what_stands_in_the_way(tmp_path, arguments, settings, named):
    done = hamseda(tmp_path, "run", "--port", str(free_port()), "--no-demo", *arguments, **settings)

    assert done.returncode == 1
    assert done.stderr.startswith("hamseda: ")
    assert len(done.stderr.splitlines()) == 1
    assert named in done.stderr


@pytest.mark.parametrize(
    ("command", "settings", "named"),
    [
        (["worker", "--burst"], {"HAMSEDA_REDIS_URL": "redis://127.0.0.1:1"}, "HAMSEDA_REDIS_URL"),
        (["clock"], {"HAMSEDA_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "HAMSEDA_DATABASE_URL"),
        (["pbx"], {"HAMSEDA_DATABASE_URL": "sqlite:////etc/hostname"}, "HAMSEDA_DATABASE_URL"),
        (["club", "add", "cafe", "--name", "Café"], {}, "hamseda db upgrade"),
        (["clock"], {"HAMSEDA_NOTIFY_URLS": "log:// nosuch://secret"}, "HAMSEDA_NOTIFY_URLS"),
    ],
    ids=["no Redis", "no database", "no database file", "no tables", "no gateway"],
)
def test_each_process_says_in_one_line_what_stands_in_the_way(tmp_path, command, settings, named):
    done = hamseda(tmp_path, *command, **settings)

    assert done.returncode == 1
    assert [line[:9] for line in done.stderr.splitlines()] == ["hamseda: "]
    assert named in done.stderr
    assert "secret" not in done.stderr


def test_the_doctor_of_a_house_that_is_not_running_says_how_to_start_it(tmp_path):
    doctor = hamseda(tmp_path, "doctor")
    wrong = [line for line in doctor.stdout.splitlines() if line.startswith("✗")]

    assert doctor.returncode == 1
    assert doctor.stderr == ""
    assert [line.split(":")[0] for line in wrong] == [
        *("✗ migrations", "✗ redis", "✗ worker", "✗ clock", "✗ pbx", "✗ exchange")
    ]
    assert "Start `hamseda run`" in wrong[1]
    assert "Start `hamseda run`" in wrong[-1]


def test_a_taken_port_is_named(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = hamseda(tmp_path, "run", "--port", str(port), "--no-demo")

    assert done.returncode == 1
    assert done.stderr.startswith(f"hamseda: Port {port} on 127.0.0.1 cannot be used (Address already in use).")
    assert len(done.stderr.splitlines()) == 1
