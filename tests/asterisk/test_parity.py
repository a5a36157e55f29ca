"""The simulated exchange tells of every ending what the real Asterisk tells."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.telephony.exchange.server import ExchangeSettings
from callcenter.telephony.exchange.server import running
from callcenter.telephony.messages import READERS
from tests.asterisk import bed
from tests.asterisk.recording import record
from tests.asterisk.recording import record_ear
from tests.asterisk.recording import record_talk
from tests.asterisk.recording import record_tape
from tests.asterisk.recording import track
from tests.asterisk.scenarios import BY_NAME
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.scenarios import TALKS
from tests.asterisk.wiretap import Wiretap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.asterisk.scenarios import Talk
    from tests.asterisk.wiretap import Packet

# What else the simulated people cannot do is not promised by the simulator.
PLAYED_BY_BOTH = (
    "we_hang_up",
    "member_hangs_up",
    "unallocated",
    "busy",
    "no_answer",
    "declined",
    "congestion",
    "cancelled_while_ringing",
    "operator_no_answer",
    "operator_not_connected",
    "operator_gives_up",
)
# Asterisk tells of a channel, of dialling and of bridges in streams of their own, which overtake one another.
STREAMS = {
    "Newchannel": "channel",
    "Newstate": "channel",
    "Hangup": "channel",
    "DialBegin": "dial",
    "DialState": "dial",
    "DialEnd": "dial",
    "BridgeEnter": "bridge",
    "BridgeLeave": "bridge",
    "OriginateResponse": "originate",
    "ChanSpyStart": "spy",
    "MixMonitorStart": "tape",
    "MixMonitorMute": "tape",
}
# SIP's own code, beside the cause; only the newest versions of Asterisk tell it, and we do not read it.
UNREAD = {"TechCause"}
RECORDINGS = 3
VALUES = ("ChannelState", "DialStatus", "Cause", "Cause-txt", "Response", "Reason", "Direction", "State")


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a simulated exchange ten times as fast as life, where the last digit decides."""
    folder = tmp_path_factory.mktemp("recordings")
    with running(ExchangeSettings(secret=bed.SECRET, speed=10, recordings=folder)) as exchange:
        yield exchange.port


@pytest.mark.parametrize("name", PLAYED_BY_BOTH)
def test_the_simulator_tells_what_asterisk_tells(asterisk: bed.Asterisk, simulator: int, name: str):
    simulated = _read_by_us(record(simulator, BY_NAME[name]))

    # On a busy machine Asterisk now and then says one DialEnd more than it does otherwise.
    for _ in range(RECORDINGS):
        real = _read_by_us(record(asterisk.ports.ami, BY_NAME[name]))
        if _streams(simulated) == _streams(real):
            break

    assert _streams(simulated) == _streams(real)
    assert _milestones(simulated) == _milestones(real)
    assert _fields(simulated) == _fields(real)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_the_simulator_mutes_and_holds_as_asterisk_does(asterisk: bed.Asterisk, simulator: int, talk: Talk):
    simulated, simulated_answers = record_talk(simulator, talk)

    # Two who are joined a second time mostly lose each other, and now and then stay together: we play the worse.
    real, answers = [], []
    for _ in range(RECORDINGS):
        with contextlib.suppress(TimeoutError):
            real, answers = record_talk(asterisk.ports.ami, talk)
        if _streams(_read_by_us(simulated)) == _streams(_read_by_us(real)):
            break

    assert simulated_answers == answers
    assert _streams(_read_by_us(simulated)) == _streams(_read_by_us(real))
    assert _fields(_read_by_us(simulated)) == _fields(_read_by_us(real))


@pytest.mark.parametrize("manner", ["listen", "whisper", "barge"])
@pytest.mark.parametrize("is_there", [True, False], ids=["a call", "no call"])
def test_the_simulator_lets_listen_as_asterisk_does(asterisk: bed.Asterisk, simulator: int, manner: str, is_there):
    real, simulated = (
        _read_by_us(record_ear(port, manner, is_there=is_there)) for port in (asterisk.ports.ami, simulator)
    )

    assert _streams(simulated) == _streams(real)
    assert _fields(simulated) == _fields(real)


def test_the_simulator_records_as_asterisk_does(asterisk: bed.Asterisk, simulator: int):
    real, answers = record_tape(asterisk.ports.ami)
    simulated, simulated_answers = record_tape(simulator)

    assert simulated_answers == answers
    assert _streams(_read_by_us(simulated)) == _streams(_read_by_us(real))
    assert _fields(_read_by_us(simulated)) == _fields(_read_by_us(real))


@pytest.mark.parametrize("number", ["0912345678", "00989123456780", "110", "09123456780x"])
def test_both_refuse_a_number_that_may_not_be_dialled(asterisk: bed.Asterisk, simulator: int, number: str):
    order = {"Channel": "PJSIP/201", "Context": "hamseda-member", "Exten": number, "Priority": "1", "Async": "true"}
    answers = []
    for port in (asterisk.ports.ami, simulator):
        ear = Wiretap(port, "hamseda", bed.SECRET)
        answers.append(ear.ask(Action="Originate", ActionID="one", **order))
        ear.close()

    assert answers[0]["Response"] == "Error"
    assert answers[0] == answers[1]


def test_both_end_a_second_order_with_the_same_id_and_keep_the_call(asterisk: bed.Asterisk, simulator: int):
    order = {"Channel": "PJSIP/201", "Context": "hamseda-member", "Exten": MEMBER + "0", "Priority": "1"}
    heard = []
    for port in (asterisk.ports.ami, simulator):
        ear = Wiretap(port, "hamseda", bed.SECRET)
        ear.ask(Action="Originate", ActionID="first", ChannelId="call-twice", Async="true", **order)
        ear.listen(lambda ear=ear: track(ear.of_call("call-twice"), "call-twice").state is CallState.CONNECTED)
        ear.ask(Action="Originate", ActionID="second", ChannelId="call-twice", Async="true", **order)
        ear.listen(lambda ear=ear: ear.events("second"))
        heard.append([(packet["Event"], packet["Response"], packet["Reason"]) for packet in ear.events("second")])
        ear.ask(Action="Hangup", Channel="call-twice")
        ear.listen(lambda ear=ear: track(ear.of_call("call-twice"), "call-twice").state is CallState.ENDED)
        ear.close()

    assert heard[0] == [("OriginateResponse", "Failure", "0")]
    assert heard[1] == heard[0]


def _read_by_us(packets: list[Packet]) -> list[Packet]:
    return [packet for packet in packets if packet["Event"] in READERS]


def _role(packet: Packet) -> str:
    """Whose leg an event is about."""
    uniqueid = packet.get("DestUniqueid") or packet.get("Uniqueid", "")
    return "operator" if uniqueid.startswith("call-") and not uniqueid.endswith("-member") else "member"


def _streams(packets: list[Packet]) -> dict[tuple[str, str], list[tuple[str, ...]]]:
    """What each stream tells about each leg, in order."""
    told: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for packet in packets:
        # The state of the caller is part of a dial event, but no news in it.
        values = tuple(packet[name] for name in VALUES if name in packet and not _is_caller_state(packet, name))
        told.setdefault((STREAMS[packet["Event"]], _role(packet)), []).append((packet["Event"], *values))
    return told


def _is_caller_state(packet: Packet, name: str) -> bool:
    return name == "ChannelState" and STREAMS[packet["Event"]] == "dial"


def _milestones(packets: list[Packet]) -> list[tuple[str, str]]:
    """The steps of a call whose order across legs and streams is the same every time."""
    steps = {"Newchannel", "DialBegin", "BridgeEnter", "BridgeLeave"}
    return [(packet["Event"], _role(packet)) for packet in packets if packet["Event"] in steps]


def _fields(packets: list[Packet]) -> dict[tuple[str, str], set[str]]:
    """The names of the fields of each kind of event."""
    return {(packet["Event"], _role(packet)): set(packet) - UNREAD for packet in packets}
