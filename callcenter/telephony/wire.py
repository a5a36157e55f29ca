"""The manager interface on the wire: packets of `Key: value` lines, each ended by CR LF, closed by an empty line.

The classes are asterisk-ami's; reading and writing are ours, because the library's own reader splits lines at
Unicode's line ends (a caller's name could forge a header), keeps only the last of repeated keys, drops `Key:` without
a value, takes quadratic time for large packets, and its writer lets CR LF in a value through as a new header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from asterisk.ami import Action
from asterisk.ami import Event
from asterisk.ami import Response

from callcenter.telephony.errors import BrokenPacketError
from callcenter.telephony.errors import UnsafeValueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping

LINE_END = b"\r\n"
PACKET_END = LINE_END * 2
PACKET_LIMIT_BYTES = 4 * 1024 * 1024
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
VARIABLE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BREAKS_OUT = re.compile(r"[\r\n\0]")

Headers = dict[str, str | list[str]]


def write_action(name: str, headers: Mapping[str, str], variables: Mapping[str, str] | None = None) -> bytes:
    """An action as bytes. Raises UnsafeValueError for any name or value that would break out of its line."""
    variables = variables or {}
    for key in headers:
        _ensure(HEADER_NAME, key)
    for key in variables:
        _ensure(VARIABLE_NAME, key)
    for value in (name, *headers.values(), *variables.values()):
        if BREAKS_OUT.search(value):
            raise UnsafeValueError(f"a line break cannot be sent to the exchange: {value!r}")
    return (str(Action(name, dict(headers), dict(variables))) + "\r\n").encode()


def _ensure(pattern: re.Pattern[str], name: str) -> None:
    if not pattern.fullmatch(name):
        raise UnsafeValueError(f"{name!r} is no name the exchange can be sent")


class PacketReader:
    """Cuts a stream of bytes into packets, in time linear in their size."""

    def __init__(self, limit_bytes: int = PACKET_LIMIT_BYTES) -> None:
        self._buffer = bytearray()
        self._searched = 0
        self._limit_bytes = limit_bytes

    def take_line(self) -> str | None:
        """The first whole line in the buffer (the banner), or None."""
        head, found, rest = bytes(self._buffer).partition(LINE_END)
        if not found:
            self._ensure_within_limit()
            return None
        self._buffer = bytearray(rest)
        self._searched = 0
        return head.decode("utf-8", "replace")

    def add(self, data: bytes) -> None:
        """Take bytes as they come, in pieces of any size."""
        self._buffer += data

    def packets(self) -> Iterator[Headers]:
        """Every whole packet in the buffer. Raises BrokenPacketError when one grows beyond the limit."""
        begin = 0
        while (end := self._buffer.find(PACKET_END, max(begin, self._searched))) >= 0:
            packet = bytes(self._buffer[begin:end])
            begin = end + len(PACKET_END)
            yield read_packet(packet)
        del self._buffer[:begin]
        # The end mark may lie across the border of two pieces.
        self._searched = max(0, len(self._buffer) - len(PACKET_END) + 1)
        self._ensure_within_limit()

    def _ensure_within_limit(self) -> None:
        if len(self._buffer) > self._limit_bytes:
            raise BrokenPacketError(f"a packet is larger than {self._limit_bytes} bytes")


def read_packet(packet: bytes) -> Headers:
    """The headers of a packet in their order. A repeated key has the list of its values."""
    headers: Headers = {}
    for line in packet.split(LINE_END):
        key, colon, value = line.decode("utf-8", "replace").partition(":")
        if not colon:
            continue
        text = value.removeprefix(" ")
        known = headers.get(key)
        if known is None:
            headers[key] = text
        elif isinstance(known, list):
            known.append(text)
        else:
            headers[key] = [known, text]
    return headers


def typed(headers: Headers) -> Event | Response | None:
    """The packet as asterisk-ami's Event or Response, by its first header; None for anything else."""
    first = next(iter(headers), "")
    if first not in {"Event", "Response"}:
        return None
    name, rest = plain(headers)[first], {key: value for key, value in headers.items() if key != first}
    return Event(name, rest) if first == "Event" else Response(name, rest)


def plain(headers: Mapping[str, str | list[str]]) -> dict[str, str]:
    """One value for each key, the first of repeated ones: no fact of ours comes in a repeated key."""
    return {key: value if isinstance(value, str) else value[0] for key, value in headers.items()}
