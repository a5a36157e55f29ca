"""A PostgreSQL cluster for the tests: its own data folder, a Unix socket, no network."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=260")


def _bin(name: str) -> str | None:
    found = shutil.which(name)
    if found:
        return str(Path(found).resolve())
    candidates = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(candidates[0]) if candidates else None


def is_available() -> bool:
    """Whether this machine has a PostgreSQL server."""
    return _bin("initdb") is not None and _bin("pg_ctl") is not None


def _as_server_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def _run(*command: str) -> None:
    done = subprocess.run(_as_server_user(*command), capture_output=True, text=True, cwd="/", check=False)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or done.stdout}")


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster in a folder of its own, short enough for a socket; gives the address of its database."""
    folder = Path(tempfile.mkdtemp(prefix="hamseda-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _run(str(_bin("initdb")), "-D", str(data), "-U", "hamseda", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = " ".join(f"-c {option}" for option in (*FAST, f"unix_socket_directories={folder}"))
    _run(str(_bin("pg_ctl")), "-D", str(data), "-o", options, "-w", "-l", str(data / "log"), "start")
    try:
        yield f"postgresql://hamseda@/postgres?host={folder}"
    finally:
        _run(str(_bin("pg_ctl")), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
