"""An Asterisk of our own: the configuration of deploy/asterisk with a far end added, in a folder that goes away."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = Path(__file__).parents[2] / "deploy" / "asterisk"
ADDED = Path(__file__).parent / "conf"
START_SECONDS = 120
# Long enough that a test which needs it could not be passed by a default.
SECRET = "only-for-the-test-bed-7b1c"
PHONE_PASSWORD = "only-for-the-phone-5d2e"


def root() -> Path | None:
    """Where the Asterisk of this machine lives: `/`, the root that install.sh made, or nowhere."""
    if shutil.which("asterisk"):
        return Path("/")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    made = cache / "hamseda" / "asterisk-root"
    return made if made.is_dir() and os.geteuid() == 0 else None


def is_available() -> bool:
    """Whether this machine can run Asterisk."""
    return root() is not None


@dataclass(frozen=True)
class Ports:
    """Where one test run listens."""

    ami: int
    sip: int
    loop: int

    @classmethod
    def free(cls) -> Ports:
        """Ports nobody listens on now."""
        with contextlib.ExitStack() as stack:
            found = []
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_DGRAM):
                opened = stack.enter_context(socket.socket(socket.AF_INET, kind))
                opened.bind(("127.0.0.1", 0))
                found.append(opened.getsockname()[1])
        return cls(*found)


class Asterisk:
    """One Asterisk: it can be started, killed and started again at the same ports."""

    def __init__(self, base: Path, folder: Path, ports: Ports) -> None:
        self.ports = ports
        self.spool = folder / "spool"
        self._base = base
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """What Asterisk wrote so far."""
        path = self._folder / "log" / "full"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        """Start and wait until it is fully up."""
        # A test run that is killed takes its Asterisk with it.
        command = ["setpriv", "--pdeathsig", "KILL", "--", *self._command("-f")]
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if "fully booted" in self.run("core waitfullybooted"):
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"Asterisk did not come up: {self.log[-2000:]}")

    def run(self, command: str) -> str:
        """What Asterisk's console answers; empty when it does not run."""
        done = subprocess.run(self._command("-rx", command), capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _command(self, *arguments: str) -> list[str]:
        inside = "/" + str(self._folder.relative_to(self._base))
        asterisk = ["asterisk", "-C", f"{inside}/etc/asterisk.conf", *arguments]
        return asterisk if self._base == Path("/") else ["chroot", str(self._base), *asterisk]


@contextlib.contextmanager
def asterisk() -> Iterator[Asterisk]:
    """A running Asterisk, ended and its folder removed afterwards."""
    base = root()
    assert base is not None
    folder = Path(tempfile.mkdtemp(prefix="hamseda-asterisk-", dir=base / "tmp"))
    made = Asterisk(base, folder, Ports.free())
    try:
        _write_configuration(folder, "/" + str(folder.relative_to(base)), made.ports)
        made.start()
        yield made
    finally:
        made.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _write_configuration(folder: Path, inside: str, ports: Ports) -> None:
    for name in ("etc", "lib", "spool", "run", "log", "cache"):
        (folder / name).mkdir()
    places = {
        "FOLDER": inside,
        "SIP_BIND": f"127.0.0.1:{ports.sip}",
        "LOOP_BIND": f"127.0.0.2:{ports.loop}",
        "PHONE_PASSWORD": PHONE_PASSWORD,
        "HAMSEDA_AMI_SECRET": SECRET,
        "HAMSEDA_AMI_PORT": str(ports.ami),
    }
    for path in ADDED.glob("*.conf"):
        (folder / "etc" / path.name).write_text(Template(path.read_text()).safe_substitute(places))
    environ = {**os.environ, **{name: places[name] for name in places if name != "FOLDER"}}
    subprocess.run([str(DEPLOY / "install.sh"), str(folder / "etc")], env=environ, check=True, capture_output=True)
    for more in (folder / "etc").glob("*_more.conf"):
        with (folder / "etc" / more.name.replace("_more", "")).open("a") as file:
            file.write(more.read_text())
