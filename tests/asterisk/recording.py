"""A scenario played over a bare ear, and every packet about that call kept.

`python -m tests.asterisk.recording` plays all of them on the real Asterisk and writes tests/data/ami/ anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from callcenter.telephony.messages import read_event
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from tests.asterisk import bed
from tests.asterisk.scenarios import SCENARIOS
from tests.asterisk.wiretap import Wiretap

if TYPE_CHECKING:
    from tests.asterisk.scenarios import Scenario
    from tests.asterisk.wiretap import Packet

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
        for scenario in SCENARIOS:
            packets = record(asterisk.ports.ami, scenario)
            text = "".join(
                "".join(f"{name}: {value}\r\n" for name, value in packet.items()) + "\r\n" for packet in packets
            )
            (FOLDER / f"{scenario.name}.txt").write_bytes(text.encode())


if __name__ == "__main__":
    _write()
