from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.tracker import ending
from tests.asterisk import phone
from tests.asterisk.scenarios import MEMBER
from tests.support.require import require

if TYPE_CHECKING:
    from pathlib import Path

    from tests.asterisk import bed
    from tests.asterisk.switchroom import Switchroom


@pytest.fixture(autouse=True)
def sipp() -> None:
    require("SIPp", phone.is_available(), "install sip-tester")


def test_a_phone_that_signed_in_is_called_and_talks_to_the_member(
    asterisk: bed.Asterisk, switchroom: Switchroom, tmp_path: Path
):
    with phone.phone(asterisk.ports.sip, tmp_path):
        channel_id = switchroom.dial(MEMBER + "0", "101")
        switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.CONNECTED)
        switchroom.line.hangup(channel_id)
        switchroom.wait(lambda: switchroom.tracks[channel_id].state is CallState.ENDED)

    assert ending(switchroom.tracks[channel_id]).status is LineStatus.ANSWERED


def test_a_phone_with_a_wrong_password_is_sent_away(asterisk: bed.Asterisk, tmp_path: Path):
    assert not phone.sign_in(asterisk.ports.sip, tmp_path, password="wrong")
