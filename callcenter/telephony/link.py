"""One connection to the manager interface: open it, check who is there, send bytes, receive packets."""

from __future__ import annotations

import contextlib
import re
import selectors
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from dataclasses import field

from callcenter.telephony.errors import BrokenPacketError
from callcenter.telephony.errors import LineDownError
from callcenter.telephony.wire import Headers
from callcenter.telephony.wire import PacketReader

BANNER = re.compile(r"Asterisk *Call *Manager/", re.IGNORECASE)
RECEIVE_BYTES = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where the manager interface listens and who signs in; `ssl_context` when it listens with TLS."""

    host: str
    port: int
    username: str
    secret: str = field(repr=False)
    ssl_context: ssl.SSLContext | None = None


class Link:
    """An open connection whose banner was checked. `send` may be called from any thread, `receive` from one."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._reader = PacketReader()
        # An SSL connection must not be read and written at the same moment.
        self._lock = threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._selector.register(connection, selectors.EVENT_READ)

    def send(self, data: bytes) -> None:
        """Send all of it. Raises LineDownError, and the link is of no use any more."""
        try:
            with self._lock:
                self._socket.sendall(data)
        except OSError as error:
            self._shut()
            raise LineDownError(f"the connection to the exchange broke: {error}") from error

    def receive(self, seconds: float) -> list[Headers]:
        """The packets that came, waiting at most `seconds` for the first byte. Raises LineDownError at the end."""
        if not self._is_readable(seconds):
            return []
        self._reader.add(self._read())
        return list(self._reader.packets())

    def expect_banner(self, seconds: float) -> None:
        """Read the first line. Raises BrokenPacketError when it is not Asterisk's, LineDownError when none comes."""
        deadline = time.monotonic() + seconds
        while (banner := self._reader.take_line()) is None:
            if not self._is_readable(max(0.0, deadline - time.monotonic())):
                raise LineDownError("the exchange accepts connections, but says nothing")
            self._reader.add(self._read())
        if not BANNER.match(banner):
            raise BrokenPacketError(f"this is no Asterisk manager interface: it says {banner[:60]!r}")

    def close(self) -> None:
        """Close the connection."""
        self._selector.close()
        self._socket.close()

    def _is_readable(self, seconds: float) -> bool:
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        return bool(self._selector.select(seconds))

    def _read(self) -> bytes:
        try:
            with self._lock:
                data = self._socket.recv(RECEIVE_BYTES)
        except OSError as error:
            raise LineDownError(f"the connection to the exchange broke: {error}") from error
        if not data:
            raise LineDownError("the exchange closed the connection")
        return data

    def _shut(self) -> None:
        # The reader sees the end and closes; closing here would pull the socket from under it.
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)


def open_link(address: Address, *, seconds: float) -> Link:
    """Connect and check the banner within `seconds` each. Raises LineDownError or BrokenPacketError."""
    try:
        plain = socket.create_connection((address.host, address.port), timeout=seconds)
    except OSError as error:
        raise LineDownError(f"nothing answers at {address.host} port {address.port}: {error}") from error
    try:
        link = Link(_secured(plain, address))
        link.expect_banner(seconds)
    except BaseException:
        plain.close()
        raise
    return link


def _secured(plain: socket.socket, address: Address) -> socket.socket:
    if address.ssl_context is None:
        return plain
    try:
        return address.ssl_context.wrap_socket(plain, server_hostname=address.host)
    except OSError as error:
        raise LineDownError(f"no TLS connection to {address.host} port {address.port}: {error}") from error
