"""What a real Asterisk told of every ending, replayed from tests/data/ami."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.messages import read_event
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from callcenter.telephony.tracker import ending
from callcenter.telephony.wire import PacketReader
from callcenter.telephony.wire import plain
from callcenter.telephony.wire import typed
from tests.asterisk.scenarios import SCENARIOS
from tests.asterisk.scenarios import TALKS

if TYPE_CHECKING:
    from callcenter.telephony.messages import Message
    from tests.asterisk.scenarios import Scenario
    from tests.asterisk.scenarios import Talk

FOLDER = Path(__file__).parents[2] / "data" / "ami"


def messages(name: str) -> list[Message]:
    reader = PacketReader()
    reader.add((FOLDER / f"{name}.txt").read_bytes())
    events = [typed(packet) for packet in reader.packets()]
    told = [read_event(event.name, plain(event.keys)) for event in events]
    return [message for message in told if message is not None]


def play(scenario: Scenario | Talk, told: list[Message]) -> Track:
    track = Track(f"call-{scenario.name}")
    for message in told:
        track = advance(track, message)
    return track


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_recorded_call_ends_as_it_did(scenario: Scenario):
    track = play(scenario, messages(scenario.name))

    told = ending(track)
    assert track.state is CallState.ENDED
    assert (told.status, told.failure) == (scenario.status, scenario.failure)
    assert track.is_member_dialled == (scenario.failure is None)


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_a_recorded_talk_with_hold_in_it_ends_as_a_conversation(talk: Talk):
    track = play(talk, messages(talk.name))

    assert (track.state, ending(track).status) == (CallState.ENDED, LineStatus.ANSWERED)


@pytest.mark.parametrize("scenario", [*SCENARIOS, *TALKS], ids=lambda scenario: scenario.name)
def test_every_message_told_twice_changes_nothing(scenario: Scenario | Talk):
    told = messages(scenario.name)

    twice = [message for message in told for _ in range(2)]

    assert play(scenario, twice) == play(scenario, told)
