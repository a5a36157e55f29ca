"""Simulated channels and the events about them, with the fields of Asterisk 22."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

DOWN, RING, RINGING, UP = 0, 4, 5, 6
STATE_NAMES = {DOWN: "Down", RING: "Ring", RINGING: "Ringing", UP: "Up"}
PRIVILEGE = {"Privilege": "call,all"}

Headers = dict[str, str]


@dataclass(eq=False)
class Channel:
    """One leg. `device` is what was asked for (PJSIP/101), `name` what Asterisk calls the leg."""

    name: str
    device: str
    uniqueid: str
    linkedid: str
    context: str
    exten: str
    caller_number: str = ""
    caller_name: str = ""
    state: int = DOWN
    bridge: str = ""
    variables: Headers = field(default_factory=dict)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    def snapshot(self, prefix: str = "") -> Headers:
        """The fields that every event about this channel carries."""
        fields = {
            "Channel": self.name,
            "ChannelState": str(self.state),
            "ChannelStateDesc": STATE_NAMES[self.state],
            "CallerIDNum": self.caller_number or "<unknown>",
            "CallerIDName": self.caller_name or "<unknown>",
            "ConnectedLineNum": "<unknown>",
            "ConnectedLineName": "<unknown>",
            "Language": "en",
            "AccountCode": "",
            "Context": self.context,
            "Exten": self.exten,
            "Priority": "1",
            "Uniqueid": self.uniqueid,
            "Linkedid": self.linkedid,
        }
        return {prefix + key: value for key, value in fields.items()}


@dataclass(eq=False)
class Switchboard:
    """All live channels, and the way of events out of the exchange."""

    tell: Callable[[str, Headers], None]
    channels: dict[str, Channel] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def next_number(self) -> int:
        """A number never given before, for names and ids."""
        return next(self._numbers)

    def find(self, name: str) -> Channel | None:
        """The live channel of that name or that id, as Asterisk looks channels up."""
        named = (channel for channel in self.channels.values() if channel.name == name)
        return self.channels.get(name) or next(named, None)

    def appear(self, channel: Channel) -> None:
        """The channel exists now."""
        self.channels[channel.uniqueid] = channel
        self.tell("Newchannel", PRIVILEGE | channel.snapshot())

    def change(self, channel: Channel, state: int) -> None:
        """The channel's state changes."""
        channel.state = state
        self.tell("Newstate", PRIVILEGE | channel.snapshot())

    def dial(self, event: str, caller: Channel | None, called: Channel, **extra: str) -> None:
        """DialBegin, DialState or DialEnd. An originated leg has no caller."""
        begin = caller.snapshot() if caller else {}
        self.tell(event, PRIVILEGE | begin | called.snapshot("Dest") | extra)

    def bridge(self, event: str, bridge_id: str, count: int, channel: Channel | None = None) -> None:
        """BridgeCreate, BridgeEnter, BridgeLeave or BridgeDestroy; `count` channels are in it then."""
        fields = {
            "BridgeUniqueid": bridge_id,
            "BridgeType": "basic",
            "BridgeTechnology": "simple_bridge",
            "BridgeCreator": "<unknown>",
            "BridgeName": "<unknown>",
            "BridgeNumChannels": str(count),
            "BridgeVideoSourceMode": "none",
        }
        self.tell(event, PRIVILEGE | fields | (channel.snapshot() if channel else {}))

    def join(self, bridge_id: str, *channels: Channel) -> None:
        """These channels hear each other now."""
        self.bridge("BridgeCreate", bridge_id, 0)
        for count, channel in enumerate(channels, start=1):
            channel.bridge = bridge_id
            self.bridge("BridgeEnter", bridge_id, count, channel)

    def part(self, *channels: Channel) -> None:
        """These two channels, in the order in which they leave, hear each other no more."""
        bridge_id = channels[0].bridge
        for left, channel in enumerate(channels, start=1):
            channel.bridge = ""
            self.bridge("BridgeLeave", bridge_id, len(channels) - left, channel)
        self.bridge("BridgeDestroy", bridge_id, 0)

    def hang_up(self, channel: Channel, cause: int, text: str) -> None:
        """The channel is gone."""
        if self.channels.pop(channel.uniqueid, None):
            channel.gone.set()
            self.tell("Hangup", PRIVILEGE | channel.snapshot() | {"Cause": str(cause), "Cause-txt": text})
