from __future__ import annotations

import pytest

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.messages import LiveChannel
from callcenter.telephony.resync import missed
from callcenter.telephony.resync import restored
from callcenter.telephony.tracker import advance
from callcenter.telephony.tracker import ending

OURS = "hamseda-1"
OPERATOR = LiveChannel("PJSIP/101-1", OURS, OURS, 6)
OPERATOR_RINGS = LiveChannel("PJSIP/101-1", OURS, OURS, 5)
MEMBER = LiveChannel("PJSIP/trunk-2", "1763.7", OURS, 6)
MEMBER_RINGS = LiveChannel("PJSIP/trunk-2", "1763.7", OURS, 5)

CASES = [
    pytest.param(False, False, [OPERATOR_RINGS], CallState.OPERATOR_RINGING, id="the operator's phone rings still"),
    pytest.param(False, False, [OPERATOR, MEMBER_RINGS], CallState.MEMBER_RINGING, id="the member rings meanwhile"),
    pytest.param(False, False, [OPERATOR, MEMBER], CallState.CONNECTED, id="the member answered meanwhile"),
    pytest.param(True, False, [OPERATOR, MEMBER], CallState.CONNECTED, id="rang before, answered meanwhile"),
    pytest.param(True, True, [OPERATOR, MEMBER], CallState.CONNECTED, id="they talk as before"),
    pytest.param(True, True, [MEMBER], CallState.CONNECTED, id="the operator left, the member is leaving"),
    pytest.param(True, True, [], CallState.ENDED, id="both left"),
    pytest.param(True, False, [], CallState.FAILED, id="rang before, gone now"),
    pytest.param(False, False, [], CallState.FAILED, id="never came on the line"),
]


def after_gap(track, live):
    for message in missed(track, live):
        track = advance(track, message)
    return track


@pytest.mark.parametrize(("was_dialled", "was_connected", "live", "state"), CASES)
def test_a_restored_call_is_brought_up_to_the_live_channels(was_dialled, was_connected, live, state):
    track = restored(OURS, was_member_dialled=was_dialled, was_connected=was_connected)

    assert after_gap(track, live).state is state


def test_a_member_who_hung_up_meanwhile_ends_the_call_with_the_operators_leg():
    track = after_gap(restored(OURS, was_member_dialled=True, was_connected=True), [OPERATOR])

    assert track.member_leg.is_gone
    assert ending(after_gap(track, [])).status is LineStatus.ANSWERED
