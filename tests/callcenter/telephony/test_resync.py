from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from datetime import datetime
from types import SimpleNamespace

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


def kept(*, was_dialled=True, was_connected=True, **fields):
    """The track of a row with these facts."""
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    row = SimpleNamespace(
        channel_id=OURS,
        member_dialled_at=moment if was_dialled else None,
        connected_at=moment if was_connected else None,
        **{"is_muted": False, "is_on_hold": False, "leg_id": None, **fields},
    )
    return restored(row)


def after_gap(track, live):
    for message in missed(track, live):
        track = advance(track, message)
    return track


@pytest.mark.parametrize(("was_dialled", "was_connected", "live", "state"), CASES)
def test_a_restored_call_is_brought_up_to_the_live_channels(was_dialled, was_connected, live, state):
    track = kept(was_dialled=was_dialled, was_connected=was_connected)

    assert after_gap(track, live).state is state


def test_a_member_who_hung_up_meanwhile_ends_the_call_with_the_operators_leg():
    track = after_gap(kept(), [OPERATOR])

    assert track.member_leg.is_gone
    assert ending(after_gap(track, [])).status is LineStatus.ANSWERED


WAITING = [replace(leg, context="hamseda-hold") for leg in (OPERATOR, MEMBER)]
TALKING = [replace(leg, context="hamseda-hold", bridge="b-1") for leg in (OPERATOR, MEMBER)]


@pytest.mark.parametrize("was_on_hold", [True, False])
@pytest.mark.parametrize(
    ("legs", "is_on_hold"), [(WAITING, True), (TALKING, False)], ids=["they wait", "they talk in the same place"]
)
def test_whether_the_two_wait_or_talk_is_seen_in_the_list(was_on_hold, legs, is_on_hold):
    track = after_gap(kept(is_on_hold=was_on_hold), legs)

    assert (track.state, track.is_on_hold) == (CallState.CONNECTED, is_on_hold)


def test_a_voice_that_was_off_before_the_restart_is_off_after_it():
    assert after_gap(kept(is_muted=True), [OPERATOR, MEMBER]).is_muted
