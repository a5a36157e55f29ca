"""A wire to the exchange that is cut again and again."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RECEIVE_BYTES = 64 * 1024


class Cutter:
    """Passes everything between `port` and another port of this machine, and cuts all of it every so many seconds."""

    def __init__(self, target: int, *, every_seconds: float) -> None:
        self.count = 0
        self._target = target
        self._every_seconds = every_seconds
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._wires: list[socket.socket] = []
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._accept, self._cut_now_and_then)]

    @contextlib.contextmanager
    def at_work(self) -> Iterator[Cutter]:
        """Pass and cut as long as the test needs it."""
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            self._socket.shutdown(socket.SHUT_RDWR)
            for thread in self._threads:
                thread.join()
            self._socket.close()
            self._cut()

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                near, _ = self._socket.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                continue
            self._wires += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=_pass, args=(source, sink), daemon=True).start()

    def _cut_now_and_then(self) -> None:
        while not self._ended.wait(self._every_seconds):
            self._cut()
            self.count += 1

    def _cut(self) -> None:
        wires, self._wires = self._wires, []
        for wire in wires:
            _end(wire)


def _pass(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError), source:
        while data := source.recv(RECEIVE_BYTES):
            sink.sendall(data)
    _end(sink)


def _end(wire: socket.socket) -> None:
    with contextlib.suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
