"""The tracker: from what the line told so far to where the call stands. Pure.

The line's word is kept as a set of facts that only grows, and everything else is read off the facts. So an event
that comes twice or late cannot take a call backwards, and once a call is over nothing changes it. Only mute and hold go
to and fro: there the last word counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.causes import classify
from callcenter.telephony.messages import STATE_RINGING
from callcenter.telephony.messages import STATE_UP
from callcenter.telephony.messages import BridgeEntered
from callcenter.telephony.messages import BridgeLeft
from callcenter.telephony.messages import CallVanished
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import DialProgressed
from callcenter.telephony.messages import Held
from callcenter.telephony.messages import Joined
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.messages import Muted
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from callcenter.telephony.messages import CallMessage

FINAL = frozenset({CallState.ENDED, CallState.FAILED})
RINGING_STATUSES = frozenset({"RINGING", "PROGRESS", "PROCEEDING"})
REASON_NO_ANSWER = 3
REASON_BUSY = 5
CAUSE_BUSY = 17


@dataclass(frozen=True)
class Leg:
    """What is known of one channel."""

    channel: str = ""
    is_ringing: bool = False
    is_up: bool = False
    is_gone: bool = False
    cause: int | None = None


NO_LEG = Leg()


@dataclass(frozen=True)
class Track:
    """All that the line told about one call; `channel_id` is our id of the operator's leg.

    `member` is the uniqueid of the leg the operator's leg dialled, `dial_status` how that dialling ended,
    `left_first` the uniqueid of who hung up a conversation, `leg` that of the leg which is the operator's since the
    call was handed over.
    """

    channel_id: str
    legs: Mapping[str, Leg] = field(default_factory=dict)
    member: str = ""
    dial_status: str = ""
    left_first: str = ""
    originate_reason: int | None = None
    failure: Failure | None = None
    is_muted: bool = False
    is_on_hold: bool = False
    leg: str = ""

    @property
    def operator_leg(self) -> Leg:
        """The operator's channel."""
        return self.legs.get(self.leg or self.channel_id, NO_LEG)

    @property
    def member_leg(self) -> Leg:
        """The member's channel, once dialled."""
        return self.legs.get(self.member, NO_LEG)

    @property
    def is_member_dialled(self) -> bool:
        """Whether the member's line was really dialled: only then is the call an attempt."""
        return bool(self.member)

    @property
    def is_answered(self) -> bool:
        """Whether the member picked up."""
        return self.dial_status == "ANSWER" or self.member_leg.is_up

    @property
    def is_over(self) -> bool:
        """Whether every leg of the call is gone."""
        if self.member and not self.member_leg.is_gone:
            return False
        has_operator_failed = self.originate_reason is not None and self.channel_id not in self.legs
        return self.operator_leg.is_gone or has_operator_failed

    @property
    def lonely_leg(self) -> Leg | None:
        """The leg that stays behind when the other one hangs up on hold: nothing at the exchange joins the two then."""
        legs = (self.operator_leg, self.member_leg)
        left = [leg for leg in legs if not leg.is_gone]
        return left[0] if self.is_on_hold and len(left) == 1 else None

    @property
    def state(self) -> CallState:
        """Where the call stands."""
        steps = (
            (self.failure is not None, CallState.FAILED),
            (self.is_over, CallState.ENDED),
            (self.is_answered, CallState.CONNECTED),
            (self.member_leg.is_ringing, CallState.MEMBER_RINGING),
            (self.is_member_dialled, CallState.MEMBER_DIALLING),
            (self.operator_leg.is_ringing or self.operator_leg.is_up, CallState.OPERATOR_RINGING),
        )
        return next((state for holds, state in steps if holds), CallState.DIALLING)


@dataclass(frozen=True)
class Ending:
    """How a call came out: the status of the member's line, the Q.850 cause, and why the line was no use, if so."""

    status: LineStatus
    cause: int | None
    failure: Failure | None = None


def advance(track: Track, message: CallMessage) -> Track:
    """What is known after a message of this call; the very same object when it tells nothing new."""
    if track.state in FINAL:
        return track
    after = STEPS[type(message)](track, message)
    return track if after == track else after


def ending(track: Track) -> Ending:
    """How a call that is over came out. The member's hangup cause is asked first, Asterisk's status after it."""
    if track.failure is not None:
        return Ending(LineStatus.FAILED, None, track.failure)
    if track.is_answered:
        return Ending(LineStatus.ANSWERED, track.member_leg.cause)
    if track.is_member_dialled:
        leg = track.member_leg
        return Ending(classify(leg.cause, track.dial_status, has_rung=leg.is_ringing), leg.cause)
    return Ending(LineStatus.NOT_DIALLED, track.operator_leg.cause, _operator_failure(track))


def _operator_failure(track: Track) -> Failure:
    if track.operator_leg.is_up:
        return Failure.OPERATOR_LEFT
    if track.originate_reason == REASON_NO_ANSWER or track.operator_leg.is_ringing:
        return Failure.OPERATOR_NO_ANSWER
    # Asterisk 22 gives reason 0 for a busy phone over PJSIP; only the cause of its hangup tells.
    is_busy = track.originate_reason == REASON_BUSY or track.operator_leg.cause == CAUSE_BUSY
    return Failure.OPERATOR_BUSY if is_busy else Failure.OPERATOR_UNREACHABLE


def _with_leg(track: Track, uniqueid: str, **known: object) -> Track:
    leg = replace(track.legs.get(uniqueid, NO_LEG), **known)  # type: ignore[arg-type]  # the callers name Leg's fields
    return replace(track, legs={**track.legs, uniqueid: leg})


def _on_appeared(track: Track, message: LegAppeared) -> Track:
    return _with_leg(track, message.uniqueid, channel=message.channel)


def _on_state_changed(track: Track, message: LegStateChanged) -> Track:
    if message.state == STATE_RINGING:
        return _with_leg(track, message.uniqueid, channel=message.channel, is_ringing=True)
    if message.state == STATE_UP:
        return _with_leg(track, message.uniqueid, channel=message.channel, is_up=True)
    return track


def _on_dial_began(track: Track, message: DialBegan) -> Track:
    # The operator's own leg is dialled too, but by nobody: only a leg dialled by the operator's leg is the member's.
    after = _with_leg(track, message.uniqueid, channel=message.channel)
    return replace(after, member=message.uniqueid) if message.caller == track.channel_id else after


def _on_dial_progressed(track: Track, message: DialProgressed) -> Track:
    if message.status not in RINGING_STATUSES:
        return track
    return _with_leg(track, message.uniqueid, is_ringing=True)


def _on_dial_ended(track: Track, message: DialEnded) -> Track:
    if message.caller != track.channel_id or track.dial_status == "ANSWER":
        return track
    if track.dial_status and message.status != "ANSWER":
        return track
    return replace(track, dial_status=message.status, member=track.member or message.uniqueid)


def _on_bridge_entered(track: Track, message: BridgeEntered) -> Track:
    after = _with_leg(track, message.uniqueid, is_up=True)
    if track.member and message.uniqueid != track.member:
        # The operator may talk with a supervisor while the member waits.
        return after
    # Back from hold: who left the talk then did not hang up.
    return replace(after, is_on_hold=False, left_first="")


def _on_bridge_left(track: Track, message: BridgeLeft) -> Track:
    return track if track.left_first else replace(track, left_first=message.uniqueid)


def _on_hung_up(track: Track, message: LegHungUp) -> Track:
    if track.legs.get(message.uniqueid, NO_LEG).is_gone:
        return track
    return _with_leg(track, message.uniqueid, is_gone=True, cause=message.cause)


def _on_originate_answered(track: Track, message: OriginateAnswered) -> Track:
    if message.is_success or track.originate_reason is not None:
        return track
    return replace(track, originate_reason=message.reason)


def _on_refused(track: Track, message: OriginateRefused) -> Track:
    # Asterisk looks the extension up at once: the dialplan lets through only numbers that may be dialled.
    is_number = "Extension does not exist" in message.message
    return replace(track, failure=Failure.BAD_NUMBER if is_number else Failure.REFUSED)


def _on_lost(track: Track, _message: OriginateLost) -> Track:
    # The reply is lost, but the call itself is heard of: it goes on.
    return track if track.legs else replace(track, failure=Failure.REPLY_LOST)


def _on_muted(track: Track, message: Muted) -> Track:
    return replace(track, is_muted=message.is_on)


def _on_held(track: Track, _message: Held) -> Track:
    return replace(track, is_on_hold=True) if track.is_answered else track


def _on_joined(track: Track, message: Joined) -> Track:
    after = _with_leg(track, message.leg, channel=message.leg, is_up=True)
    return replace(after, leg=message.leg, is_muted=False, is_on_hold=False, left_first="")


def _on_vanished(track: Track, _message: CallVanished) -> Track:
    gone = {uniqueid: replace(leg, is_gone=True) for uniqueid, leg in track.legs.items()}
    gone.setdefault(track.leg or track.channel_id, Leg(is_gone=True))
    failure = Failure.MISSED if track.is_member_dialled else Failure.UNKNOWN_TO_LINE
    return replace(track, legs=gone, failure=None if track.is_answered else failure)


STEPS: dict[type[CallMessage], Callable[..., Track]] = {
    LegAppeared: _on_appeared,
    LegStateChanged: _on_state_changed,
    DialBegan: _on_dial_began,
    DialProgressed: _on_dial_progressed,
    DialEnded: _on_dial_ended,
    BridgeEntered: _on_bridge_entered,
    BridgeLeft: _on_bridge_left,
    LegHungUp: _on_hung_up,
    OriginateAnswered: _on_originate_answered,
    OriginateRefused: _on_refused,
    OriginateLost: _on_lost,
    CallVanished: _on_vanished,
    Muted: _on_muted,
    Held: _on_held,
    Joined: _on_joined,
}
