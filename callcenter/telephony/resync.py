"""What was missed while nobody listened: the difference between a call's track and the channels that live. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.telephony.messages import BridgeEntered
from callcenter.telephony.messages import CallMessage
from callcenter.telephony.messages import CallVanished
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import Held
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.port import HAND_PREFIX
from callcenter.telephony.port import HOLD_CONTEXT
from callcenter.telephony.tracker import Leg
from callcenter.telephony.tracker import Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.calls.dialling import CallLine
    from callcenter.telephony.messages import LiveChannel

# Stands for the member's leg until a list of channels tells its id.
UNKNOWN_MEMBER = "unknown-member"
BOTH_LEGS = 2


def restored(call: CallLine) -> Track:
    """The track of a call that another process, now gone, was following, as far as its row tells."""
    if call.member_dialled_at is None:
        return Track(call.channel_id)
    return Track(
        call.channel_id,
        legs={call.leg_id or call.channel_id: Leg(channel=call.leg_id or "", is_up=True), UNKNOWN_MEMBER: Leg()},
        member=UNKNOWN_MEMBER,
        dial_status="ANSWER" if call.connected_at is not None else "",
        is_muted=call.is_muted,
        is_on_hold=call.is_on_hold,
        leg=call.leg_id or "",
    )


def missed(track: Track, live: Sequence[LiveChannel]) -> list[CallMessage]:
    """The messages that bring a track up to the channels of its call that live now."""
    operator = track.leg or track.channel_id
    live = [channel for channel in live if channel.uniqueid == operator or not is_of_operator(channel, track)]
    if not live:
        return [CallVanished(track.channel_id)]
    seen: list[CallMessage] = []
    others = [channel for channel in live if channel.uniqueid != operator]
    ids = {channel.uniqueid for channel in live}
    if others and track.member not in ids:
        member = others[0]
        seen.append(DialBegan(member.channel, member.uniqueid, track.channel_id, caller=track.channel_id))
    seen += [LegStateChanged(leg.channel, leg.uniqueid, leg.linkedid, leg.state) for leg in live]
    gone = {operator} if others else {operator, track.member} - {""}
    seen += [LegHungUp(uniqueid, track.channel_id, cause=0, cause_text="") for uniqueid in sorted(gone - ids)]
    return seen + _hold(track, live)


def is_of_operator(channel: LiveChannel, track: Track) -> bool:
    """Whether a channel of a call is, was or may become the leg of its operator."""
    return channel.uniqueid == track.channel_id or channel.uniqueid.startswith(HAND_PREFIX)


def _hold(track: Track, live: Sequence[LiveChannel]) -> list[CallMessage]:
    if len(live) != BOTH_LEGS:
        return []
    if all(leg.context == HOLD_CONTEXT and not leg.bridge for leg in live):
        return [Held(track.channel_id)]
    return [BridgeEntered(leg.uniqueid, leg.linkedid) for leg in live if leg.bridge]
