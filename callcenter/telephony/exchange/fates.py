"""What the people at the simulated exchange do. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What comes of ringing somebody."""

    ANSWERS = "answers"
    HANGS_UP = "hangs_up"
    BUSY = "busy"
    SILENT = "silent"
    DECLINES = "declines"
    UNALLOCATED = "unallocated"
    CONGESTED = "congested"
    UNCONNECTED = "unconnected"


@dataclass(frozen=True)
class Refusal:
    """How Asterisk tells that a line was not answered; `rings` says whether the phone rang before."""

    dial_status: str
    cause: int
    cause_text: str
    rings: bool


REFUSALS = {
    Fate.BUSY: Refusal("BUSY", 17, "User busy", rings=False),
    # Dial gives up by itself, so no cause came from the far end.
    Fate.SILENT: Refusal("NOANSWER", 0, "Unknown", rings=True),
    Fate.DECLINES: Refusal("NOANSWER", 21, "Call Rejected", rings=True),
    Fate.UNALLOCATED: Refusal("NOANSWER", 1, "Unallocated (unassigned) number", rings=False),
    Fate.CONGESTED: Refusal("CONGESTION", 34, "Circuit/channel congestion", rings=False),
}

BY_LAST_DIGIT = {
    "1": Fate.UNALLOCATED,
    "2": Fate.BUSY,
    "3": Fate.SILENT,
    "4": Fate.DECLINES,
    "5": Fate.CONGESTED,
    "6": Fate.HANGS_UP,
}

# Per cent. Most people answer and stay, so that a demo is a conversation.
CHANCES = {
    Fate.ANSWERS: 78,
    Fate.SILENT: 9,
    Fate.BUSY: 5,
    Fate.DECLINES: 3,
    Fate.HANGS_UP: 2,
    Fate.UNALLOCATED: 2,
    Fate.CONGESTED: 1,
}

BY_PHONE_NAME = {"none": Fate.UNCONNECTED, "silent": Fate.SILENT}


def fate_of_member(number: str, *, seed: int | None, call_count: int) -> Fate:
    """What the member at `number` does at the `call_count`-th call of that number."""
    if seed is None:
        return BY_LAST_DIGIT.get(number[-1:], Fate.ANSWERS)
    chance = random.Random(f"{seed}:{number}:{call_count}")
    return chance.choices(list(CHANCES), weights=list(CHANCES.values()))[0]


def fate_of_phone(device: str) -> Fate:
    """What the operator does whose phone is `device` (PJSIP/101)."""
    technology, _, name = device.partition("/")
    if technology not in {"PJSIP", "SIP", "Local"}:
        return Fate.UNCONNECTED
    return next((fate for end, fate in BY_PHONE_NAME.items() if name.endswith(end)), Fate.ANSWERS)
