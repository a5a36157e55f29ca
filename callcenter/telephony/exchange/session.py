"""One manager client at the simulated exchange."""

from __future__ import annotations

import asyncio
import hmac
import logging
from typing import TYPE_CHECKING

from callcenter.telephony.errors import BrokenPacketError
from callcenter.telephony.exchange.actions import ACTIONS
from callcenter.telephony.exchange.actions import EVERYBODY
from callcenter.telephony.exchange.actions import Answer
from callcenter.telephony.wire import PacketReader
from callcenter.telephony.wire import plain

if TYPE_CHECKING:
    from callcenter.telephony.exchange.channels import Headers
    from callcenter.telephony.exchange.server import Exchange

log = logging.getLogger(__name__)

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
RECEIVE_BYTES = 64 * 1024
# Nobody sends the manager interface more than a few hundred bytes at once.
PACKET_LIMIT_BYTES = 64 * 1024


class Session:
    """A connection, at first of a stranger: until Login nothing else is answered."""

    def __init__(self, exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        self._exchange = exchange
        self._writer = writer
        self._is_signed_in = False
        self._hears_events = False
        self._has_ended = asyncio.Event()

    async def run(self, reader: asyncio.StreamReader) -> None:
        """Answer the client until it leaves or is sent away."""
        packets = PacketReader(PACKET_LIMIT_BYTES)
        self._writer.write(BANNER)
        try:
            while data := await reader.read(RECEIVE_BYTES):
                packets.add(data)
                for packet in packets.packets():
                    self._take(plain(packet))
                await self._writer.drain()
        except (OSError, BrokenPacketError) as error:
            log.debug("a manager client left: %s", error)
        finally:
            self._has_ended.set()

    async def closed(self) -> None:
        """Wait until the connection has ended."""
        await self._has_ended.wait()

    def close(self) -> None:
        """Cut the connection once what was said is out."""
        self._writer.close()

    def tell(self, event: str, headers: Headers) -> None:
        """Send an event, if the client wants events."""
        if self._hears_events and not self._writer.is_closing():
            self._write({"Event": event} | headers)

    def _take(self, fields: Headers) -> None:
        name = fields.get("Action", "").lower()
        if name == "login":
            self._login(fields)
        elif name == "logoff":
            self._answer(fields, Answer("Goodbye", "Thanks for all the fish."))
            self.close()
        elif not self._is_signed_in:
            self._answer(fields, Answer("Error", "Permission denied"))
        else:
            self._act(name, fields)

    def _login(self, fields: Headers) -> None:
        settings = self._exchange.settings
        is_known = fields.get("Username") == settings.username
        if not is_known or not hmac.compare_digest(fields.get("Secret", "").encode(), settings.secret.encode()):
            self._answer(fields, Answer("Error", "Authentication failed"))
            self.close()
            return
        self._is_signed_in = True
        self._hears_events = fields.get("Events", "on").lower() != "off"
        self._answer(fields, Answer("Success", "Authentication accepted"))

    def _act(self, name: str, fields: Headers) -> None:
        permission, act = ACTIONS.get(name, (EVERYBODY, None))
        if act is None:
            self._answer(fields, Answer("Error", "Invalid/unknown command"))
        elif permission != EVERYBODY and permission not in self._exchange.settings.write:
            self._answer(fields, Answer("Error", "Permission denied"))
        else:
            self._answer(fields, act(self._exchange, fields))

    def _answer(self, fields: Headers, answer: Answer) -> None:
        mark = {"ActionID": fields["ActionID"]} if "ActionID" in fields else {}
        message = {"Message": answer.message} if answer.message else {}
        self._write({"Response": answer.response} | mark | answer.extra | message)
        for event, headers in answer.rows:
            self._write({"Event": event} | mark | headers)

    def _write(self, headers: Headers) -> None:
        lines = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
        self._writer.write(lines.encode() + b"\r\n")
