"""A PostgreSQL cluster for the tests: its own data folder, a Unix socket, no network."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=120")


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
def cluster(folder: Path) -> Iterator[str]:
    """Run a cluster in `folder`; gives the address of its database."""
    data, socket = folder / "data", Path(f"/tmp/hamseda-pg-{os.getpid()}-{folder.name}")
    for path in (data, socket):
        path.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(path, "postgres")
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o011)
    folder.chmod(0o755)
    _run(str(_bin("initdb")), "-D", str(data), "-U", "hamseda", "--auth=trust", "--encoding=UTF8", "--no-sync")
    options = " ".join(f"-c {option}" for option in (*FAST, f"unix_socket_directories={socket}"))
    _run(str(_bin("pg_ctl")), "-D", str(data), "-o", options, "-w", "-l", str(data / "log"), "start")
    try:
        yield f"postgresql://hamseda@/postgres?host={socket}"
    finally:
        _run(str(_bin("pg_ctl")), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(socket, ignore_errors=True)
