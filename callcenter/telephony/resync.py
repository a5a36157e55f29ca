"""What was missed while nobody listened: the difference between a call's track and the channels that live. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcenter.telephony.messages import CallMessage
from callcenter.telephony.messages import CallVanished
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.tracker import Leg
from callcenter.telephony.tracker import Track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.telephony.messages import LiveChannel

# Stands for the member's leg until a list of channels tells its id.
UNKNOWN_MEMBER = "unknown-member"


def restored(channel_id: str, *, was_member_dialled: bool, was_connected: bool) -> Track:
    """The track of a call that another process, now gone, was following, as far as its row tells."""
    if not was_member_dialled:
        return Track(channel_id)
    return Track(
        channel_id,
        legs={channel_id: Leg(is_up=True), UNKNOWN_MEMBER: Leg()},
        member=UNKNOWN_MEMBER,
        dial_status="ANSWER" if was_connected else "",
    )


def missed(track: Track, live: Sequence[LiveChannel]) -> list[CallMessage]:
    """The messages that bring a track up to the channels of its call that live now."""
    if not live:
        return [CallVanished(track.channel_id)]
    seen: list[CallMessage] = []
    others = [channel for channel in live if channel.uniqueid != track.channel_id]
    ids = {channel.uniqueid for channel in live}
    if others and track.member not in ids:
        member = others[0]
        seen.append(DialBegan(member.channel, member.uniqueid, track.channel_id, caller=track.channel_id))
    seen += [LegStateChanged(leg.channel, leg.uniqueid, leg.linkedid, leg.state) for leg in live]
    gone = {track.channel_id} if others else {track.channel_id, track.member} - {""}
    seen += [LegHungUp(uniqueid, track.channel_id, cause=0, cause_text="") for uniqueid in sorted(gone - ids)]
    return seen
