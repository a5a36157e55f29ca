"""The manager actions that the simulated exchange knows, each with the permission it needs in Asterisk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from callcenter.telephony.exchange.channels import Headers
    from callcenter.telephony.exchange.server import Exchange

EVERYBODY = ""
# The patterns of the dialplan in deploy/asterisk/extensions.conf.
MAY_BE_DIALLED = re.compile("0[1-9][0-9]{9}")


@dataclass(frozen=True)
class Answer:
    """A response, and the events of a list that follow it to this client only."""

    response: str
    message: str = ""
    extra: Headers = field(default_factory=dict)
    rows: tuple[tuple[str, Headers], ...] = ()


def _ping(_exchange: Exchange, _fields: Headers) -> Answer:
    return Answer("Success", extra={"Ping": "Pong", "Timestamp": "0.000000"})


def _events(_exchange: Exchange, fields: Headers) -> Answer:
    return Answer("Success", extra={"Events": "Off" if fields.get("EventMask") == "off" else "On"})


def _originate(exchange: Exchange, fields: Headers) -> Answer:
    if not fields.get("Channel"):
        return Answer("Error", "Channel not specified")
    if "/" not in fields["Channel"]:
        return Answer("Error", "Invalid channel")
    if not fields.get("Exten") or not fields.get("Context"):
        return Answer("Error", "Originate needs a context and an extension here")
    if not MAY_BE_DIALLED.fullmatch(fields["Exten"]):
        return Answer("Error", "Extension does not exist.")
    exchange.place_call(fields)
    return Answer("Success", "Originate successfully queued")


def _hangup(exchange: Exchange, fields: Headers) -> Answer:
    if not exchange.hang_up(fields.get("Channel", "")):
        return Answer("Error", "No such channel")
    return Answer("Success", "Channel Hungup")


def _channels(exchange: Exchange, _fields: Headers) -> Answer:
    live = list(exchange.switchboard.channels.values())
    rows = [
        ("CoreShowChannel", channel.snapshot() | {"Application": "Dial", "Duration": "00:00:01", "BridgeId": ""})
        for channel in live
    ]
    end = ("CoreShowChannelsComplete", {"EventList": "Complete", "ListItems": str(len(live))})
    return Answer("Success", "Channels will follow", extra={"EventList": "start"}, rows=(*rows, end))


ACTIONS: dict[str, tuple[str, Callable[[Exchange, Headers], Answer]]] = {
    "ping": (EVERYBODY, _ping),
    "events": (EVERYBODY, _events),
    "originate": ("originate", _originate),
    "hangup": ("call", _hangup),
    "coreshowchannels": ("reporting", _channels),
}
