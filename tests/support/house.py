"""The whole house as a user starts it: `hamseda run` in a folder of its own."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

START_SECONDS = 150
STOP_SECONDS = 120
# Simulated members ring and answer this many times faster than people do.
SPEED = 8
COMMAND = Path(sys.executable).parent / "hamseda"


@dataclass(frozen=True)
class House:
    """Where it answers, its data folder, and the passwords of its accounts by address."""

    url: str
    home: Path
    passwords: dict[str, str]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def is_ready(url: str) -> bool:
    with (
        contextlib.suppress(OSError, urllib.error.URLError),
        urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer,
    ):
        return answer.status == 200
    return False


@contextlib.contextmanager
def running_house(home: Path, **settings: str) -> Iterator[House]:
    """Start the house with the demo and these settings, and wait until it is ready; stop it as Ctrl-C does."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("HAMSEDA_")}
    with (home / "run.log").open("w") as log:
        run = subprocess.Popen(
            [COMMAND, "run", "--port", str(port), "--speed", str(SPEED)],
            env={**environ, "HAMSEDA_HOME": str(home), **settings},
            cwd=home,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + START_SECONDS
        while not is_ready(url):
            assert run.poll() is None, (home / "run.log").read_text()[-3000:]
            assert time.monotonic() < deadline, (home / "run.log").read_text()[-3000:]
            time.sleep(0.2)
        yield House(url, home, json.loads((home / "demo_accounts.json").read_text()))
    finally:
        run.send_signal(signal.SIGINT)
        run.wait(STOP_SECONDS)
