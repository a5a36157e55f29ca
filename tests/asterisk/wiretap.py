"""A bare ear on a manager interface, independent of our client: what is really on the wire."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Packet = dict[str, str]
END = b"\r\n\r\n"
CALL_ID_FIELDS = ("Linkedid", "DestLinkedid", "Uniqueid", "ActionID")


class Wiretap:
    """A logged-in connection that keeps every packet it is sent, in order."""

    def __init__(self, port: int, username: str, secret: str) -> None:
        self.packets: list[Packet] = []
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._buffer = b""
        while b"\r\n" not in self._buffer:
            self._buffer += self._socket.recv(4096)
        self.banner, self._buffer = self._buffer.split(b"\r\n", 1)
        self.login = self.ask(Action="Login", Username=username, Secret=secret)

    def ask(self, **fields: str) -> Packet:
        """Send an action; give its response."""
        start = len(self.packets)
        text = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._socket.sendall(text.encode() + b"\r\n")
        self.listen(lambda: any(_is_response(packet) for packet in self.packets[start:]))
        return next(packet for packet in self.packets[start:] if _is_response(packet))

    def listen(self, until: Callable[[], object], seconds: float = 60) -> None:
        """Read until the fact holds; raises TimeoutError with what came instead."""
        deadline = time.monotonic() + seconds
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError([(packet.get("Event"), packet) for packet in self.packets[-12:]])
            self._socket.settimeout(left)
            try:
                received = self._socket.recv(65536)
            except TimeoutError:
                continue
            if not received:
                raise ConnectionError("the exchange closed the connection")
            self._buffer += received
            while END in self._buffer:
                packet, self._buffer = self._buffer.split(END, 1)
                self.packets.append(_fields(packet.decode()))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def events(self, action_id: str = "") -> list[Packet]:
        """All events heard, or those that answer one action."""
        heard = [packet for packet in self.packets if "Event" in packet]
        return [packet for packet in heard if packet.get("ActionID") == action_id] if action_id else heard

    def of_call(self, channel_id: str) -> list[Packet]:
        """The events of one call, as an ear that knows only its id hears them."""
        return [packet for packet in self.events() if channel_id in {packet.get(name) for name in CALL_ID_FIELDS}]


def _fields(packet: str) -> Packet:
    pairs = (line.partition(": ") for line in packet.lstrip("\r\n").split("\r\n"))
    return {name.rstrip(":"): value for name, _, value in pairs}


def _is_response(packet: Packet) -> bool:
    # OriginateResponse is an event that has a field of this name.
    return "Response" in packet and "Event" not in packet
