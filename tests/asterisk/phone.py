"""A SIP phone outside Asterisk: it signs in and answers whoever calls."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from tests.asterisk.bed import PHONE_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterator

REGISTER = Path(__file__).parent / "conf" / "register.xml"
SIGN_IN_SECONDS = 60


def is_available() -> bool:
    """Whether this machine has SIPp."""
    return shutil.which("sipp") is not None


def sign_in(sip_port: int, folder: Path, *, password: str = PHONE_PASSWORD, port: int = 0) -> bool:
    """Sign phone 101 in; says whether Asterisk let it."""
    address = f"127.0.0.1:{sip_port}"
    scenario = ["-sf", str(REGISTER), "-s", "101", "-au", "101", "-ap", password, "-m", "1"]
    done = subprocess.run(_sipp(port or _free_port(), *scenario, address), cwd=folder, check=False, capture_output=True)
    return done.returncode == 0


@contextlib.contextmanager
def phone(sip_port: int, folder: Path) -> Iterator[None]:
    """Phone 101, signed in and ready to answer."""
    port = _free_port()
    assert sign_in(sip_port, folder, port=port)
    with subprocess.Popen(_sipp(port, "-sn", "uas"), cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.kill()


def _sipp(port: int, *arguments: str) -> list[str]:
    end = ["-timeout", f"{SIGN_IN_SECONDS}s", "-timeout_error", "-deadcall_wait", "0"] if "-m" in arguments else []
    return ["sipp", "-i", "127.0.0.1", "-p", str(port), "-nostdin", *end, *arguments]


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
    return port
