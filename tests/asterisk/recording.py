"""A scenario played over a bare ear, and every packet about that call kept.

`python -m tests.asterisk.recording` plays all of them on the real Asterisk and writes tests/data/ami/ anew.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from callcenter.calls.models import CallState
from callcenter.telephony.messages import read_event
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from tests.asterisk import bed
from tests.asterisk.scenarios import MEMBER
from tests.asterisk.scenarios import SCENARIOS
from tests.asterisk.scenarios import TALKS
from tests.asterisk.wiretap import Wiretap

if TYPE_CHECKING:
    from tests.asterisk.scenarios import Scenario
    from tests.asterisk.scenarios import Talk
    from tests.asterisk.wiretap import Packet

BOTH = 2
WAIT_SECONDS = 120
END_SECONDS = 5
FOLDER = Path(__file__).parents[1] / "data" / "ami"


def record(port: int, scenario: Scenario) -> list[Packet]:
    """The events of the scenario's call at the exchange that listens at `port`, in the order they came."""
    ear = Wiretap(port, "hamseda", bed.SECRET)
    channel_id = f"call-{scenario.name}"
    try:
        ear.ask(
            Action="Originate",
            ActionID=channel_id,
            ChannelId=channel_id,
            Channel=f"PJSIP/{scenario.phone}",
            Context="hamseda-member",
            Exten=scenario.number,
            Priority="1",
            Timeout="2000",
            CallerID="Hamseda <100>",
            Async="true",
        )
        if scenario.hang_up_at is not None:
            ear.listen(lambda: track(ear.of_call(channel_id), channel_id).state is scenario.hang_up_at)
            ear.ask(Action="Hangup", Channel=channel_id, Cause="16")
        ear.listen(lambda: track(ear.of_call(channel_id), channel_id).state is scenario.state)
        # What the exchange had still to say about the call comes before the answer to a question asked now.
        ear.ask(Action="Ping")
        return ear.of_call(channel_id)
    finally:
        ear.close()


def record_talk(port: int, talk: Talk) -> tuple[list[Packet], list[str]]:
    """The events of a call in which these steps are done, and what the exchange answered to each."""
    ear = Wiretap(port, "hamseda", bed.SECRET)
    channel_id = f"call-{talk.name}"
    try:
        ear.ask(
            Action="Originate",
            ActionID=channel_id,
            ChannelId=channel_id,
            Channel="PJSIP/201",
            Context="hamseda-member",
            Exten=MEMBER + "0",
            Priority="1",
            Async="true",
        )
        ear.listen(lambda: _count(ear, channel_id, "BridgeEnter") == BOTH)
        names = {packet["Uniqueid"]: packet["Channel"] for packet in ear.of_call(channel_id) if "Channel" in packet}
        member = next(name for uniqueid, name in names.items() if uniqueid != channel_id)
        answers = [_do(ear, channel_id, names[channel_id], member, step) for step in talk.steps]
        ear.listen(lambda: track(ear.of_call(channel_id), channel_id).state is CallState.ENDED, END_SECONDS)
        ear.ask(Action="Ping")
        return ear.of_call(channel_id), [answer.replace(member, "MEMBER") for answer in answers]
    finally:
        # Whoever records it again uses the same id.
        if _count(ear, channel_id, "Hangup") < BOTH:
            ear.ask(Action="Hangup", Channel=channel_id, Cause="16")
            ear.listen(lambda: _count(ear, channel_id, "Hangup") == BOTH)
        ear.close()


def record_ear(port: int, manner: str, *, is_there: bool) -> list[Packet]:
    """The events of a supervisor's leg at a call that is there, until the call ends, or at one that is not."""
    talk = Wiretap(port, "hamseda", bed.SECRET)
    channel_id, ear_id = f"call-heard-{manner}", f"call-ear-{manner}"
    order = {"Action": "Originate", "Channel": "PJSIP/201", "Priority": "1", "Async": "true"}
    try:
        if is_there:
            talk.ask(**order, ActionID=channel_id, ChannelId=channel_id, Context="hamseda-member", Exten=MEMBER + "0")
            talk.listen(lambda: _count(talk, channel_id, "BridgeEnter") == BOTH)
        spy = {"Context": "hamseda-listen", "Exten": manner, "Variable": f"HAMSEDA_LISTEN={channel_id}"}
        talk.ask(**order, ActionID=ear_id, ChannelId=ear_id, **spy)
        if is_there:
            talk.listen(lambda: any(packet.get("SpyerUniqueid") == ear_id for packet in talk.events()))
            talk.ask(Action="Hangup", Channel=channel_id, Cause="16")
        talk.listen(lambda: _count(talk, ear_id, "Hangup"))
        told = [packet for packet in talk.events() if packet.get("SpyerUniqueid") == ear_id]
        return talk.of_call(ear_id) + told
    finally:
        talk.close()


def record_tape(port: int) -> tuple[list[Packet], list[str]]:
    """The events of a talk that is recorded in every way, and what the exchange answered to each action."""
    ear = Wiretap(port, "hamseda", bed.SECRET)
    channel_id = "call-taped"
    order = {"Channel": "PJSIP/201", "Context": "hamseda-member", "Exten": MEMBER + "0", "Priority": "1"}
    try:
        ear.ask(Action="Originate", ActionID=channel_id, ChannelId=channel_id, Async="true", **order)
        ear.listen(lambda: _count(ear, channel_id, "BridgeEnter") == BOTH)
        names = {packet["Uniqueid"]: packet["Channel"] for packet in ear.of_call(channel_id) if "Channel" in packet}
        member = next(name for uniqueid, name in names.items() if uniqueid != channel_id)
        press = {"Action": "PlayDTMF", "Channel": names[channel_id], "Digit": "D", "Receive": "true"}
        answers = [
            ear.ask(**press),
            ear.ask(Action="MixMonitorMute", Channel=member, Direction="both", State="1"),
            ear.ask(Action="Setvar", Channel=member, Variable="HAMSEDA_RECORDING", Value="taped"),
            ear.ask(**press),
        ]
        ear.listen(lambda: _count(ear, channel_id, "MixMonitorStart") == 1)
        answers += [ear.ask(**press)]
        for state in ("1", "0"):
            answers.append(ear.ask(Action="MixMonitorMute", Channel=member, Direction="both", State=state))
        answers.append(ear.ask(Action="StopMixMonitor", Channel=member))
        ear.ask(Action="Hangup", Channel=channel_id, Cause="16")
        ear.listen(lambda: _count(ear, channel_id, "Hangup") == BOTH)
        ear.ask(Action="Ping")
        return ear.of_call(channel_id), [f"{answer['Response']}: {answer.get('Message')}" for answer in answers]
    finally:
        ear.close()


# The action of each step, and the event that comes of it as often as there are legs.
STEPS = {
    "mute": ({"Action": "Setvar", "Variable": "MUTEAUDIO(in)", "Value": "on"}, None),
    "unmute": ({"Action": "Setvar", "Variable": "MUTEAUDIO(in)", "Value": "off"}, None),
    "hold": ({"Action": "Redirect"}, "BridgeLeave"),
    "resume": ({"Action": "Bridge"}, "BridgeEnter"),
    "resume_again": ({"Action": "Bridge"}, None),
    "member_leaves": ({"Action": "Hangup", "Cause": "16"}, None),
    "hang_up": ({"Action": "Hangup", "Cause": "16"}, None),
}


def _do(ear: Wiretap, channel_id: str, operator: str, member: str, step: str) -> str:
    fields, event = STEPS[step]
    headers = {
        "Redirect": {"Channel": operator, "ExtraChannel": member, "Priority": "1", "ExtraPriority": "1"}
        | {"Context": "hamseda-hold", "ExtraContext": "hamseda-hold", "Exten": "operator", "ExtraExten": "member"},
        "Bridge": {"Channel1": operator, "Channel2": member},
    }.get(fields["Action"], {"Channel": member if step == "member_leaves" else operator})
    is_together = _count(ear, channel_id, "BridgeEnter") > _count(ear, channel_id, "BridgeLeave")
    wanted = _count(ear, channel_id, event or "") + BOTH
    answer = ear.ask(**fields, **headers)
    if event and is_together == (event == "BridgeLeave"):
        ear.listen(lambda: _count(ear, channel_id, event) == wanted)
    if step == "hold":
        _wait_until_they_wait(ear, channel_id)
    return f"{answer['Response']}: {answer['Message']}"


def _wait_until_they_wait(ear: Wiretap, channel_id: str) -> None:
    """Asterisk refuses to bridge a leg that has left its bridge and not yet come to its new place."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        list_id = f"list-{len(ear.packets)}"
        ear.ask(Action="CoreShowChannels", ActionID=list_id)
        ear.listen(lambda list_id=list_id: any("ListItems" in packet for packet in ear.events(list_id)))
        own = [packet for packet in ear.events(list_id) if packet.get("Linkedid") == channel_id]
        if [packet["Application"] for packet in own] == ["Wait"] * BOTH:
            return
        assert time.monotonic() < deadline, own


def _count(ear: Wiretap, channel_id: str, event: str) -> int:
    return sum(packet["Event"] == event for packet in ear.of_call(channel_id))


def track(packets: list[Packet], channel_id: str) -> Track:
    """What our tracker makes of the packets of one call."""
    known = Track(channel_id)
    for packet in packets:
        message = read_event(packet["Event"], packet)
        if message is not None:
            known = advance(known, message)
    return known


def _write() -> None:
    FOLDER.mkdir(exist_ok=True)
    with bed.asterisk() as asterisk:
        told = {scenario.name: record(asterisk.ports.ami, scenario) for scenario in SCENARIOS}
        told |= {talk.name: record_talk(asterisk.ports.ami, talk)[0] for talk in TALKS}
        for name, packets in told.items():
            text = "".join(
                "".join(f"{name}: {value}\r\n" for name, value in packet.items()) + "\r\n" for packet in packets
            )
            (FOLDER / f"{name}.txt").write_bytes(text.encode())


if __name__ == "__main__":
    _write()
