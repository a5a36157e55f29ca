"""What the line sends to the exchange for a recording."""

from __future__ import annotations

import pytest

from callcenter.telephony.ami import Timing
from callcenter.telephony.inbox import Inbox
from callcenter.telephony.line import AmiLine
from callcenter.telephony.link import Address
from callcenter.telephony.messages import RecordingPaused
from callcenter.telephony.messages import RecordingStarted
from callcenter.telephony.messages import RecordingStopped
from callcenter.telephony.port import Legs
from tests.support.manager_server import SUCCESS
from tests.support.manager_server import ManagerServer

OURS = "hamseda-1"
LEGS = Legs(channel_id=OURS, operator="PJSIP/101-1", member="PJSIP/trunk-2")
FOUND = (
    b"Response: Success\r\nActionID: %s\r\nEventList: start\r\n\r\n"
    b"Event: ShowDialPlanComplete\r\nActionID: %s\r\nEventList: Complete\r\n\r\n"
)
WAIT_SECONDS = 120


@pytest.fixture
def server():
    made = ManagerServer(Setvar=SUCCESS, PlayDTMF=SUCCESS, MixMonitorMute=SUCCESS, StopMixMonitor=SUCCESS, Ping=SUCCESS)
    yield made
    made.close()


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def line(server, inbox):
    address = Address(host="127.0.0.1", port=server.port, username="u", secret="s")
    made = AmiLine(address, context="hamseda-member", timing=Timing(retry_first=0.01, retry_last=0.05))
    made.start(inbox.put)
    inbox.take(WAIT_SECONDS)
    server.wait_for("ShowDialPlan")
    server.next_link()
    yield made
    made.close()


def test_the_file_is_named_before_the_key_is_pressed_and_one_that_runs_says_so(server, line):
    server.answers["ShowDialPlan"] = FOUND

    line.record(LEGS, "5f3c")

    assert server.wait_for("ShowDialPlan")["Context"] == "hamseda-record"
    named = server.received.get(timeout=WAIT_SECONDS)
    pressed = server.received.get(timeout=WAIT_SECONDS)
    sounding = server.received.get(timeout=WAIT_SECONDS)
    del named["ActionID"], pressed["ActionID"], sounding["ActionID"]
    assert named == {
        "Action": "Setvar",
        "Channel": "PJSIP/trunk-2",
        "Variable": "HAMSEDA_RECORDING",
        "Value": "5f3c",
    }
    assert pressed == {"Action": "PlayDTMF", "Channel": "PJSIP/101-1", "Digit": "D", "Receive": "true"}
    assert sounding == {"Action": "MixMonitorMute", "Channel": "PJSIP/trunk-2", "Direction": "both", "State": "0"}


def test_an_exchange_that_does_not_know_the_key_is_not_pressed(server, line, caplog):
    line.record(LEGS, "5f3c")
    server.wait_for("ShowDialPlan")
    # Answers come in order: with that of the ping, the refusal has been read.
    line._client.request("Ping")

    assert server.received.get(timeout=WAIT_SECONDS)["Action"] == "Ping"
    assert "a recording was not begun" in caplog.text


def test_a_key_is_not_pressed_for_a_file_that_has_no_name(server, line):
    server.answers |= {
        "ShowDialPlan": FOUND,
        "Setvar": b"Response: Error\r\nActionID: %s\r\nMessage: No such channel\r\n\r\n",
    }
    line.record(LEGS, "5f3c")
    server.wait_for("Setvar")
    line._client.request("Ping")

    assert server.received.get(timeout=WAIT_SECONDS)["Action"] == "Ping"


@pytest.mark.parametrize(("is_on", "state"), [(True, "1"), (False, "0")])
def test_a_pause_silences_the_file_and_not_the_voices(server, line, is_on, state):
    line.pause_recording(LEGS, is_on=is_on)

    sent = server.wait_for("MixMonitorMute")
    assert (sent["Channel"], sent["Direction"], sent["State"]) == ("PJSIP/trunk-2", "both", state)


def test_what_the_exchange_tells_of_a_recording_is_heard(server, line, inbox):
    server.tell("MixMonitorStart", Channel="PJSIP/trunk-2", Linkedid=OURS)
    server.tell("MixMonitorMute", Channel="PJSIP/trunk-2", Linkedid=OURS, Direction="both", State="1")
    server.tell("MixMonitorMute", Channel="PJSIP/trunk-2", Linkedid=OURS, Direction="both", State="0")

    heard = [inbox.take(WAIT_SECONDS) for _ in range(3)]

    assert heard == [RecordingStarted(OURS), RecordingPaused(OURS, True), RecordingPaused(OURS, False)]


def test_a_stop_is_confirmed_by_its_answer(server, line, inbox):
    line.stop_recording(LEGS)

    assert inbox.take(WAIT_SECONDS) == RecordingStopped(OURS)
    assert server.wait_for("StopMixMonitor")["Channel"] == "PJSIP/trunk-2"
