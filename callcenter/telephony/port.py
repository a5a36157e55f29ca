"""The line, as the rest of the house sees it: a telephone exchange that can be asked and that tells what happens."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from callcenter.telephony.messages import Message


@dataclass(frozen=True, kw_only=True)
class DialOrder:
    """Ring the operator's phone, then let the dialplan dial the member.

    `channel_id` is our id of the operator's leg, `channel` that leg's device (PJSIP/101), `number` the member's number
    in national digits, `caller_id` what the operator's phone shows, `ring_seconds` how long it rings.
    """

    channel_id: str
    channel: str
    context: str
    number: str
    caller_id: str
    ring_seconds: int = 30
    variables: Mapping[str, str] = field(default_factory=dict)


# Where the dialplan keeps the two legs of a call on hold, and for whom each extension is.
HOLD_CONTEXT = "hamseda-hold"
HOLD_OPERATOR = "operator"
HOLD_MEMBER = "member"
# Where the dialplan begins a recording.
RECORD_CONTEXT = "hamseda-record"
# Where a supervisor's leg goes; the extensions are the manners of callcenter.listening.
LISTEN_CONTEXT = "hamseda-listen"
# Somebody's leg who takes a call over: how its id begins, and where it goes, to a talk with the operator first or not.
HAND_PREFIX = "hamseda-hand-"
HANDOVER_CONTEXT = "hamseda-handover"
HANDOVER_CONSULT = "consult"
HANDOVER_JOIN = "join"


@dataclass(frozen=True, kw_only=True)
class Legs:
    """The two channels of a conversation by their names, and the id of its call."""

    channel_id: str
    operator: str
    member: str


class Line(Protocol):
    """A telephone exchange. Nothing here waits for the far end: every answer comes as a message."""

    @property
    def is_connected(self) -> bool:
        """Whether orders can be given now."""

    @property
    def problem(self) -> str:
        """Why there is no connection; empty while there is one."""

    def start(self, deliver: Callable[[Message], None]) -> None:
        """Connect, stay connected, and hand every message to `deliver`, in order, from one thread."""

    def originate(self, order: DialOrder) -> None:
        """Send the order. OriginateRefused or OriginateLost follows if it comes to nothing.

        Raises LineDownError when there is no connection, UnsafeValueError when a value could not be sent safely.
        """

    def hangup(self, channel: str) -> None:
        """Ask to end a channel, by its name or its id; one that is gone already is no error. Raises LineDownError."""

    def mute(self, legs: Legs, *, is_on: bool) -> None:
        """Let the member hear the operator no more, or again. Muted or WishRefused follows; asking twice is harmless.

        Raises LineDownError.
        """

    def hold(self, legs: Legs) -> None:
        """Part the two and let the member wait with music. Held or WishRefused follows; asking twice is harmless.

        Raises LineDownError.
        """

    def resume(self, legs: Legs) -> None:
        """Bring the two together again; BridgeEntered follows for each, or WishRefused. Raises LineDownError.

        Never ask for it while they hear each other: Asterisk would part them for good.
        """

    def record(self, legs: Legs, name: str) -> None:
        """Record the talk into the file of that name; RecordingStarted follows. Asking twice is harmless.

        Raises LineDownError.
        """

    def pause_recording(self, legs: Legs, *, is_on: bool) -> None:
        """Record silence, or what is said again. RecordingPaused follows; asking twice is harmless.

        Raises LineDownError.
        """

    def stop_recording(self, legs: Legs) -> None:
        """Close the file. RecordingStopped follows. Raises LineDownError."""

    def join(self, legs: Legs) -> None:
        """Let the member of a call hear another leg, here `operator`, instead of the one so far.

        Joined or JoinRefused follows. The leg so far is hung up by the exchange, unless it waits. Raises LineDownError.
        """

    def list_channels(self) -> None:
        """Ask what lives; ChannelsListed follows, unless the answer is lost. Raises LineDownError."""

    def close(self) -> None:
        """Disconnect and stop."""
