"""The two legs of a call as the exchange tells of them, and as it lists them; where it finds the phones."""

from __future__ import annotations

from callcenter.telephony.dialler import DialPlan
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.messages import LiveChannel

PHONE, TRUNK, MEMBER = "PJSIP/101-1", "PJSIP/trunk-2", "17.2"
PLAN = DialPlan(operator_channel="PJSIP/{extension}", context="hamseda-member")


def to_the_talk(channel_id):
    return (
        LegAppeared(PHONE, channel_id, channel_id),
        LegStateChanged(PHONE, channel_id, channel_id, 6),
        DialBegan(TRUNK, MEMBER, channel_id, caller=channel_id),
        DialEnded(MEMBER, channel_id, caller=channel_id, status="ANSWER"),
    )


def tell(follower, *messages):
    for message in messages:
        follower.take(message)


def live(channel_id, *, legs=2):
    return (LiveChannel(PHONE, channel_id, channel_id, 6), LiveChannel(TRUNK, MEMBER, channel_id, 6))[:legs]
