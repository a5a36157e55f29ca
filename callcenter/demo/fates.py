"""What becomes of one member in one past campaign: the attempts, one by one, and the outcome that the rules derive.

Pure; the shares are those of a good telephone campaign among consenting members.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

from callcenter.calls import aapor
from callcenter.calls.dispositions import PastCall
from callcenter.calls.dispositions import next_step
from callcenter.calls.models import LineStatus
from callcenter.outcomes.rules import STANDARD

if TYPE_CHECKING:
    from random import Random
    from zoneinfo import ZoneInfo

# What the member is like, and the share of such members.
FATES: dict[str, float] = {
    "completes": 0.47,
    "refuses": 0.11,
    "never_answers": 0.19,
    "is_busy": 0.03,
    "is_switched_off": 0.05,
    "asks_for_later": 0.04,
    "is_somebody_else": 0.03,
    "has_a_dead_number": 0.03,
    "breaks_off": 0.03,
    "answers_in_part": 0.02,
}
# The code of the last call, when somebody answers at last.
ANSWERED = {
    "completes": aapor.COMPLETE,
    "refuses": aapor.REFUSAL,
    "is_somebody_else": aapor.WRONG_PERSON,
    "breaks_off": aapor.BREAK_OFF,
    "answers_in_part": aapor.PARTIAL,
}
UNANSWERED = {
    "is_busy": aapor.BUSY,
    "is_switched_off": aapor.TECHNICAL,
    "has_a_dead_number": aapor.NON_WORKING,
}
LINE_OF = {
    aapor.NO_ANSWER: (LineStatus.NO_ANSWER, 19),
    aapor.BUSY: (LineStatus.BUSY, 17),
    aapor.TECHNICAL: (LineStatus.UNREACHABLE, 20),
    aapor.NON_WORKING: (LineStatus.WRONG_NUMBER, 1),
    aapor.NEVER_AVAILABLE: (LineStatus.NO_ANSWER, 19),
}
TALK_SECONDS = {
    aapor.COMPLETE: (150, 290),
    aapor.PARTIAL: (110, 190),
    aapor.BREAK_OFF: (35, 75),
    aapor.REFUSAL: (12, 40),
    aapor.WRONG_PERSON: (10, 25),
    aapor.MISCELLANEOUS: (15, 35),
}
OPENS, CLOSES = 9, 20
LIMIT = 12


@dataclass(frozen=True)
class Attempt:
    """One call: when it was asked for, what the line did, how long people talked (0: nobody answered), its code."""

    at: datetime
    ring_seconds: int
    talk_seconds: int
    status: LineStatus
    cause: int
    code: str


@dataclass(frozen=True)
class Past:
    """All attempts at one member, and the outcome; `due_at` is set while the member is still to be called."""

    attempts: tuple[Attempt, ...]
    outcome: str
    due_at: datetime | None


def live_through(*, first_at: datetime, until: datetime, max_attempts: int, zone: ZoneInfo, chance: Random) -> Past:
    """Call one member from `first_at` on until the rules say stop, or until `until`."""
    fate = chance.choices(list(FATES), list(FATES.values()))[0]
    silent_calls = chance.choices((0, 1, 2, 3), (5, 3, 2, 1))[0]
    attempts: list[Attempt] = []
    at, step = first_at, None
    while len(attempts) < LIMIT:
        attempt = _attempt(fate, at, len(attempts), silent_calls, chance, [one.code for one in attempts])
        attempts.append(attempt)
        step = next_step(
            [PastCall(one.code, one.at.astimezone(zone).date()) for one in attempts],
            attempt_count=len(attempts),
            max_attempts=max_attempts,
            retry_after=STANDARD.retry_after(attempt.code),
            callback_at=None,
            policy=STANDARD,
            now=attempt.at,
        )
        if step.due_at is None:
            break
        at = within_hours(step.due_at + timedelta(minutes=chance.randint(5, 1500)), zone)
        if at >= until:
            break
    return Past(tuple(attempts), step.outcome if step else aapor.NOT_ATTEMPTED, step.due_at if step else first_at)


def within_hours(moment: datetime, zone: ZoneInfo) -> datetime:
    """`moment`, or the next morning's opening when nobody calls at that hour."""
    there = moment.astimezone(zone)
    if OPENS <= there.hour < CLOSES:
        return moment
    days = 0 if there.hour < OPENS else 1
    opening = there.replace(hour=OPENS, minute=there.minute, second=there.second) + timedelta(days=days)
    return opening.astimezone(moment.tzinfo)


def _attempt(fate: str, at: datetime, number: int, silent_calls: int, chance: Random, before: list[str]) -> Attempt:
    if fate in ANSWERED and number >= silent_calls:
        return _answered(at, ANSWERED[fate], chance)
    if fate == "asks_for_later" and number == silent_calls:
        return _answered(at, aapor.MISCELLANEOUS, chance)
    code = UNANSWERED.get(fate, aapor.NO_ANSWER)
    if aapor.MISCELLANEOUS in before and code == aapor.NO_ANSWER:
        code = aapor.NEVER_AVAILABLE
    status, cause = LINE_OF[code]
    ring_seconds = 30 if status is LineStatus.NO_ANSWER else chance.randint(2, 6)
    return Attempt(at, ring_seconds, 0, status, cause, code)


def _answered(at: datetime, code: str, chance: Random) -> Attempt:
    return Attempt(at, chance.randint(4, 22), chance.randint(*TALK_SECONDS[code]), LineStatus.ANSWERED, 16, code)
