"""The operator's outcome keys: which a campaign offers, and which of them ask for a note. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from callcenter.calls import aapor
from callcenter.outcomes.rules import STANDARD
from callcenter.outcomes.rules import Policy


class Outcome(StrEnum):
    """What an operator can say of an answered call."""

    CALL_LATER = "call_later"
    REFUSAL = "refusal"
    WRONG_NUMBER = "wrong_number"
    CUT_OFF = "cut_off"
    DO_NOT_CALL = "do_not_call"
    MACHINE = "machine"
    NOT_HERE = "not_here"
    INAUDIBLE = "inaudible"
    NO_LANGUAGE = "no_language"
    UNABLE = "unable"
    NOT_IN_SAMPLE = "not_in_sample"
    DEAD = "dead"
    QUOTA_FULL = "quota_full"


# The code under whose rule a key stands; the others depend on how far the interview came, and have no rule.
CODES: Mapping[Outcome, str] = {
    Outcome.REFUSAL: aapor.REFUSAL,
    Outcome.WRONG_NUMBER: aapor.WRONG_PERSON,
    Outcome.MACHINE: aapor.MACHINE,
    Outcome.NOT_HERE: aapor.NOT_CONFIRMED,
    Outcome.INAUDIBLE: aapor.INAUDIBLE,
    Outcome.NO_LANGUAGE: aapor.LANGUAGE,
    Outcome.UNABLE: aapor.UNABLE,
    Outcome.NOT_IN_SAMPLE: aapor.NOT_IN_SAMPLE,
    Outcome.DEAD: aapor.DEAD,
    Outcome.QUOTA_FULL: aapor.QUOTA_FULL,
}
# Each behind its number on the sheet of the rarer ones.
RARER = (
    Outcome.NOT_HERE, Outcome.INAUDIBLE, Outcome.NO_LANGUAGE, Outcome.UNABLE, Outcome.NOT_IN_SAMPLE, Outcome.DEAD,
)  # fmt: skip
# The member may still be interviewed: what was answered so far waits.
KEEPS_INTERVIEW = frozenset({Outcome.CALL_LATER, Outcome.MACHINE, Outcome.NOT_HERE, Outcome.INAUDIBLE})


@dataclass(frozen=True)
class Key:
    """One outcome on the desk; `code` names it, `key` is pressed for it."""

    outcome: Outcome
    code: str
    key: str
    needs_note: bool


@dataclass(frozen=True)
class Menu:
    """The outcomes of a campaign beside those that every call can have."""

    refusal: Key
    wrong_number: Key
    machine: Key | None
    rarer: tuple[Key, ...]

    @property
    def with_note(self) -> list[Key]:
        """Those that ask for a note."""
        keys = (self.refusal, self.wrong_number, self.machine, *self.rarer)
        return [key for key in keys if key is not None and key.needs_note]


def menu(policy: Policy) -> Menu:
    """The keys that the campaign's rules offer."""
    rarer = [outcome for outcome in RARER if is_offered(outcome, policy)]
    return Menu(
        refusal=_key(Outcome.REFUSAL, "F3", policy),
        wrong_number=_key(Outcome.WRONG_NUMBER, "F4", policy),
        machine=_key(Outcome.MACHINE, "F7", policy) if is_offered(Outcome.MACHINE, policy) else None,
        rarer=tuple(_key(outcome, str(number), policy) for number, outcome in enumerate(rarer, 1)),
    )


def is_offered(outcome: Outcome, policy: Policy) -> bool:
    """Whether the campaign has this outcome on its desks."""
    return outcome not in CODES or policy.rule(CODES[outcome]).is_offered


def needs_note(outcome: Outcome, policy: Policy) -> bool:
    """Whether the operator must say something about it."""
    return outcome in CODES and policy.rule(CODES[outcome]).needs_note


def _key(outcome: Outcome, key: str, policy: Policy) -> Key:
    return Key(outcome, CODES[outcome], key, needs_note(outcome, policy))


# What a desk shows while no member is on it.
STANDARD_MENU = menu(STANDARD)
