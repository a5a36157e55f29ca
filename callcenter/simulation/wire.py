"""What a browser does on the wire, as little of it as a desk needs: one connection for requests, one for live news."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
# The web process closes a connection that was idle for two seconds; it is not used again shortly before.
IDLE_SECONDS = 1.5
# What a slow server takes is in the report; only one that does not answer at all is an error.
TIMEOUT_SECONDS = 120.0
LINE_LIMIT = 1 << 20
OK = 200
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Answer:
    """An answer of the server, and how long the whole of it took."""

    status: int
    body: bytes
    milliseconds: float


class Browser:
    """The two connections of one signed-in person to the web process at a port of this machine."""

    def __init__(self, port: int, headers: Mapping[str, str]) -> None:
        self._port = port
        self._headers = _lines(headers)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used_at = 0.0

    async def get(self, path: str, headers: Mapping[str, str] = NO_HEADERS) -> Answer:
        """Ask for a page. Raises OSError (a time-out too) when the server does not answer."""
        return await self._ask("GET", path, b"", headers)

    async def post(self, path: str, form: Mapping[str, str], headers: Mapping[str, str] = NO_HEADERS) -> Answer:
        """Send a form. Raises as `get`."""
        return await self._ask("POST", path, urlencode(form).encode(), headers)

    async def news(self, topic: str) -> AsyncIterator[str]:
        """The messages of a live stream, the first when it is open; it ends when the server ends it or refuses."""
        reader, writer = await self._open()
        try:
            writer.write(self._request("GET", f"/events?topics={topic}", b"", {"Accept": "text/event-stream"}))
            status, _headers = await _head(reader)
            while status == OK:
                line = await reader.readline()
                if not line:
                    return
                if line.startswith(b"data: "):
                    yield line[6:].decode().strip()
        finally:
            writer.close()

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        began = time.perf_counter()
        was_kept = self._streams is not None
        async with asyncio.timeout(TIMEOUT_SECONDS):
            try:
                status, answer = await self._once(method, path, body, headers)
            except ConnectionError:
                self.close()
                if not was_kept:
                    raise
                # The server may close a connection that was kept: browsers try once more on a new one.
                status, answer = await self._once(method, path, body, headers)
        return Answer(status, answer, (time.perf_counter() - began) * 1000)

    async def _once(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> tuple[int, bytes]:
        if self._streams is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
        if self._streams is None:
            self._streams = await self._open()
        reader, writer = self._streams
        writer.write(self._request(method, path, body, {"Accept": "application/json", **more}))
        status, headers = await _head(reader)
        try:
            answer = await reader.readexactly(int(headers.get("content-length", "0")))
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("the answer stopped half-way") from error
        if headers.get("connection", "").lower() == "close":
            self.close()
        self._used_at = time.monotonic()
        return status, gzip.decompress(answer) if headers.get("content-encoding") == "gzip" else answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port, limit=LINE_LIMIT)

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        kind = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n" if body else ""
        length = "Content-Length: 0\r\n" if method == "POST" and not body else ""
        more = _lines(headers)
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{more}{kind}{length}"
        return f"{head}Accept-Encoding: gzip\r\n{self._headers}\r\n".encode() + body


def _lines(headers: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    first = await reader.readline()
    if not first:
        raise ConnectionResetError("the server closed the connection")
    headers = {}
    while line := (await reader.readline()).strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    status = 0
    with suppress(IndexError, ValueError):
        status = int(first.split()[1])
    return status, headers
