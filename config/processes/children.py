"""One child process of `hamseda run`: started in its own group, tied to our life, its lines read without waiting."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field
from typing import IO
from typing import cast

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, kw_only=True)
class ChildSpec:
    """What to start. A foundation (Redis, the exchange) is stopped after everything that stands on it."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    is_foundation: bool = False


class Child:
    """A started process and the piece of a line it has not finished yet."""

    def __init__(self, spec: ChildSpec) -> None:
        self.spec = spec
        self._rest = b""
        parent = os.getpid()
        self.process = subprocess.Popen(  # noqa: S603  # our own commands, made in running.py
            spec.command,
            env=os.environ | spec.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509  # we have one thread
        )
        self.output = cast("IO[bytes]", self.process.stdout)
        os.set_blocking(self.output.fileno(), False)

    def read_lines(self) -> list[str]:
        """The lines finished since the last call; at the end of the output also an unfinished one."""
        data = self.output.read()
        has_ended = data == b""
        *lines, self._rest = (self._rest + (data or b"")).split(b"\n")
        if has_ended and self._rest:
            lines, self._rest = [*lines, self._rest], b""
        return [line.decode(errors="replace").rstrip() for line in lines]

    def ask_to_stop(self) -> None:
        """Let the process finish what it holds and go."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def kill_group(self) -> int:
        """End the process and whatever it left behind, and reap it; returns its exit code."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        code = self.process.wait()
        self.output.close()
        return code


def _die_with(parent: int) -> None:
    """Run in the child before its program: when our process is killed, however, the child is asked to stop."""
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)
