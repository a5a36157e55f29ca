from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.messages import ChannelsListed
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.tracker import ending
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.scenarios import SCENARIOS

if TYPE_CHECKING:
    from tests.asterisk.scenarios import Scenario
    from tests.asterisk.switchroom import Switchroom


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_ending_of_a_real_call_is_told_apart(switchroom: Switchroom, scenario: Scenario):
    track = switchroom.play(scenario)

    told = ending(track)
    assert (told.status, told.failure) == (scenario.status, scenario.failure)
    if scenario.cause is not None:
        assert told.cause == scenario.cause
    assert track.is_member_dialled == (scenario.failure is None)


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "091234567890",
        "00989123456780",
        "0012125550100",
        "110",
        "+989123456780",
        "09123456780&PJSIP/silent",
        "s",
        "hamseda-operator",
    ],
)
def test_a_number_outside_the_allow_list_is_not_dialled_and_no_phone_rings(switchroom: Switchroom, number: str):
    channel_id = switchroom.dial(number)

    switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.FAILED)

    mine = [message for message in switchroom.messages if getattr(message, "linkedid", "") == channel_id]
    assert [type(message) for message in mine] == [OriginateRefused]
    assert not switchroom.tracks[channel_id].legs


def test_an_order_sent_twice_dials_once(switchroom: Switchroom):
    channel_id = switchroom.dial(MEMBER + "0")
    switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.CONNECTED)
    legs = set(switchroom.tracks[channel_id].legs)

    switchroom.dial(MEMBER + "0", channel_id=channel_id)
    switchroom.wait(lambda: OriginateAnswered(channel_id, is_success=False, reason=0) in switchroom.messages)

    assert switchroom.tracks[channel_id].state is CallState.CONNECTED
    switchroom.line.hangup(channel_id)
    switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.ENDED)
    assert set(switchroom.tracks[channel_id].legs) == legs
    assert ending(switchroom.tracks[channel_id]).status is LineStatus.ANSWERED


def test_the_list_of_what_lives_holds_both_legs_of_a_call(switchroom: Switchroom):
    channel_id = switchroom.dial(MEMBER + "0")
    switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.CONNECTED)

    switchroom.line.list_channels()
    switchroom.wait(lambda: any(isinstance(message, ChannelsListed) for message in switchroom.messages))

    listed = next(message for message in switchroom.messages if isinstance(message, ChannelsListed))
    mine = {channel.uniqueid for channel in listed.channels if channel.linkedid == channel_id}
    assert mine == set(switchroom.tracks[channel_id].legs)
    switchroom.line.hangup(channel_id)
    switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.ENDED)
