"""What the line tells us, as frozen facts. Asterisk's field names stop in this file.

A leg is one channel. Every event of both legs of a call carries `linkedid`, the `ChannelId` we chose for the operator's
leg; the operator's leg has it as its `uniqueid` too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

STATE_RINGING = 5
STATE_UP = 6


@dataclass(frozen=True)
class LegAppeared:
    """A channel exists now (Newchannel)."""

    channel: str
    uniqueid: str
    linkedid: str


@dataclass(frozen=True)
class LegStateChanged:
    """A channel's state changed (Newstate); `state` is Asterisk's number, 5 ringing, 6 up."""

    channel: str
    uniqueid: str
    linkedid: str
    state: int


@dataclass(frozen=True)
class DialBegan:
    """A channel is being dialled. `caller` is the uniqueid of who dials it, empty for an originated leg."""

    channel: str
    uniqueid: str
    linkedid: str
    caller: str


@dataclass(frozen=True)
class DialProgressed:
    """The far end reports RINGING or PROGRESS (some carriers send only early media, never ringing)."""

    uniqueid: str
    linkedid: str
    caller: str
    status: str


@dataclass(frozen=True)
class DialEnded:
    """Dialling a channel came to an end with Asterisk's DialStatus (ANSWER, BUSY, NOANSWER, …)."""

    uniqueid: str
    linkedid: str
    caller: str
    status: str


@dataclass(frozen=True)
class BridgeEntered:
    """A channel hears the other one now."""

    uniqueid: str
    linkedid: str


@dataclass(frozen=True)
class BridgeLeft:
    """A channel no longer hears the other one; who hangs up leaves first."""

    uniqueid: str
    linkedid: str


@dataclass(frozen=True)
class LegHungUp:
    """A channel is gone. `cause` is the Q.850 cause, 0 when Asterisk gives none."""

    uniqueid: str
    linkedid: str
    cause: int
    cause_text: str


@dataclass(frozen=True)
class OriginateAnswered:
    """The result of an asynchronous Originate, about the operator's leg; `linkedid` is our action's id."""

    linkedid: str
    is_success: bool
    reason: int


@dataclass(frozen=True)
class OriginateRefused:
    """Asterisk refused the Originate itself, with this sentence."""

    linkedid: str
    message: str


@dataclass(frozen=True)
class OriginateLost:
    """No reply to the Originate came before its deadline."""

    linkedid: str


@dataclass(frozen=True)
class CallVanished:
    """The exchange knows no channel of this call any more, and we were not told how it ended."""

    linkedid: str


@dataclass(frozen=True)
class Muted:
    """The exchange took it that the member shall hear the operator no more, or again. Asterisk has no event for it."""

    linkedid: str
    is_on: bool


@dataclass(frozen=True)
class Held:
    """The exchange parted the two legs of a conversation; they wait."""

    linkedid: str


@dataclass(frozen=True)
class WishRefused:
    """The exchange did not mute, hold or resume, and said this."""

    linkedid: str
    message: str


@dataclass(frozen=True)
class Joined:
    """The member of a call hears another leg now, which is the operator's from here on."""

    linkedid: str
    leg: str


@dataclass(frozen=True)
class JoinRefused:
    """The exchange did not join a leg with the member of a call, and said this."""

    linkedid: str
    leg: str
    message: str


@dataclass(frozen=True)
class SpyStarted:
    """A leg hears another one now (ChanSpyStart)."""

    linkedid: str


@dataclass(frozen=True)
class RecordingStarted:
    """The exchange writes what is said in a call into a file (MixMonitorStart)."""

    linkedid: str


@dataclass(frozen=True)
class RecordingPaused:
    """The exchange writes silence into the file, or what is said again (MixMonitorMute)."""

    linkedid: str
    is_on: bool


@dataclass(frozen=True)
class RecordingStopped:
    """The exchange closed the file at our wish."""

    linkedid: str


@dataclass(frozen=True)
class LiveChannel:
    """One row of CoreShowChannels. `context` is where it is in the dialplan, `bridge` the talk it is in, if any."""

    channel: str
    uniqueid: str
    linkedid: str
    state: int
    context: str = ""
    bridge: str = ""


@dataclass(frozen=True)
class ChannelsListed:
    """Everything that lives on the exchange, the answer to the `Line.list_channels` of `asked_at`."""

    channels: tuple[LiveChannel, ...]
    asked_at: datetime


@dataclass(frozen=True)
class LinkUp:
    """Signed in to the exchange; `generation` counts the connections. Events before it may have been missed."""

    generation: int


DialMessage = DialBegan | DialProgressed | DialEnded
LegMessage = LegAppeared | LegStateChanged | DialMessage | BridgeEntered | BridgeLeft | LegHungUp
CallMessage = LegMessage | OriginateAnswered | OriginateRefused | OriginateLost | CallVanished | Muted | Held | Joined
RecordingMessage = RecordingStarted | RecordingPaused | RecordingStopped
Message = CallMessage | JoinRefused | RecordingMessage | SpyStarted | WishRefused | ChannelsListed | LinkUp


def read_event(name: str, fields: Mapping[str, str]) -> Message | None:
    """The fact in an AMI event, or None for an event we have no use for. Missing fields read as empty."""
    reader = READERS.get(name)
    return reader(fields) if reader else None


def read_channel(fields: Mapping[str, str]) -> LiveChannel:
    """The channel in a CoreShowChannel row."""
    return LiveChannel(
        **_leg(fields),
        state=_number(fields.get("ChannelState", "")),
        context=fields.get("Context", ""),
        bridge=fields.get("BridgeId", ""),
    )


def _leg(fields: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    return {
        "channel": fields.get(f"{prefix}Channel", ""),
        "uniqueid": fields.get(f"{prefix}Uniqueid", ""),
        "linkedid": fields.get(f"{prefix}Linkedid", ""),
    }


def _ids(fields: Mapping[str, str], prefix: str = "") -> dict[str, str]:
    return {"uniqueid": fields.get(f"{prefix}Uniqueid", ""), "linkedid": fields.get(f"{prefix}Linkedid", "")}


def _dial(fields: Mapping[str, str]) -> dict[str, str]:
    return {**_ids(fields, "Dest"), "caller": fields.get("Uniqueid", ""), "status": fields.get("DialStatus", "")}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _originate_answered(fields: Mapping[str, str]) -> OriginateAnswered:
    return OriginateAnswered(
        linkedid=fields.get("ActionID", ""),
        is_success=fields.get("Response") == "Success",
        reason=_number(fields.get("Reason", "")),
    )


def _hung_up(fields: Mapping[str, str]) -> LegHungUp:
    return LegHungUp(**_ids(fields), cause=_number(fields.get("Cause", "")), cause_text=fields.get("Cause-txt", ""))


READERS: dict[str, Callable[[Mapping[str, str]], CallMessage | RecordingMessage | SpyStarted]] = {
    "Newchannel": lambda fields: LegAppeared(**_leg(fields)),
    "Newstate": lambda fields: LegStateChanged(**_leg(fields), state=_number(fields.get("ChannelState", ""))),
    "DialBegin": lambda fields: DialBegan(**_leg(fields, "Dest"), caller=fields.get("Uniqueid", "")),
    "DialState": lambda fields: DialProgressed(**_dial(fields)),
    "DialEnd": lambda fields: DialEnded(**_dial(fields)),
    "BridgeEnter": lambda fields: BridgeEntered(**_ids(fields)),
    "BridgeLeave": lambda fields: BridgeLeft(**_ids(fields)),
    "Hangup": _hung_up,
    "OriginateResponse": _originate_answered,
    "MixMonitorStart": lambda fields: RecordingStarted(fields.get("Linkedid", "")),
    "MixMonitorMute": lambda fields: RecordingPaused(fields.get("Linkedid", ""), fields.get("State") == "1"),
    "ChanSpyStart": lambda fields: SpyStarted(fields.get("SpyerLinkedid", "")),
}
