from __future__ import annotations

import pytest

from callcenter.telephony.messages import BridgeEntered
from callcenter.telephony.messages import BridgeLeft
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import DialProgressed
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.messages import LiveChannel
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import read_channel
from callcenter.telephony.messages import read_event

LEG = {"Channel": "PJSIP/101-1", "Uniqueid": "ours", "Linkedid": "ours"}
DEST = {"DestChannel": "PJSIP/trunk-2", "DestUniqueid": "17.2", "DestLinkedid": "ours"}

EVENTS = [
    ("Newchannel", LEG, LegAppeared("PJSIP/101-1", "ours", "ours")),
    ("Newstate", LEG | {"ChannelState": "5"}, LegStateChanged("PJSIP/101-1", "ours", "ours", 5)),
    ("DialBegin", LEG | DEST, DialBegan("PJSIP/trunk-2", "17.2", "ours", caller="ours")),
    ("DialBegin", DEST, DialBegan("PJSIP/trunk-2", "17.2", "ours", caller="")),
    ("DialState", LEG | DEST | {"DialStatus": "RINGING"}, DialProgressed("17.2", "ours", "ours", "RINGING")),
    ("DialEnd", LEG | DEST | {"DialStatus": "BUSY"}, DialEnded("17.2", "ours", "ours", "BUSY")),
    ("BridgeEnter", LEG, BridgeEntered("ours", "ours")),
    ("BridgeLeave", LEG, BridgeLeft("ours", "ours")),
    ("Hangup", LEG | {"Cause": "17", "Cause-txt": "User busy"}, LegHungUp("ours", "ours", 17, "User busy")),
    ("Hangup", LEG | {"Cause": "<none>"}, LegHungUp("ours", "ours", 0, "")),
    (
        "OriginateResponse",
        {"ActionID": "ours", "Response": "Failure", "Reason": "3", "Uniqueid": "<null>"},
        OriginateAnswered("ours", is_success=False, reason=3),
    ),
]


@pytest.mark.parametrize(("name", "fields", "message"), EVENTS)
def test_an_event_is_read_into_its_fact(name, fields, message):
    assert read_event(name, fields) == message


def test_an_event_we_have_no_use_for_is_nothing():
    assert read_event("VarSet", LEG) is None


def test_an_event_that_lacks_its_fields_is_about_no_call():
    assert read_event("Hangup", {}) == LegHungUp("", "", 0, "")


def test_a_row_of_the_channel_list_is_a_live_channel():
    assert read_channel(LEG | {"ChannelState": "6"}) == LiveChannel("PJSIP/101-1", "ours", "ours", 6)
