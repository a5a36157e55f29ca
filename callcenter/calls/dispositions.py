"""What came of a call, and what follows from it: the line's word as a code, the next attempt, the entry's outcome.

Pure. The codes are those of `aapor`; the causes are Q.850's, as Asterisk tells them for the member's leg.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta

from callcenter.calls import aapor
from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.aapor import Symbol
from callcenter.calls.models import LineStatus

# The carrier had no room: nobody's phone rang, so the member's attempts are not spent on it.
CONGESTION_CAUSES = frozenset({34, 38, 41, 42, 44})
# The hangup cause goes first: Asterisk's dial status takes a wrong number (1) and a declined call (21) for no answer.
CODE_OF_CAUSE: Mapping[int, str] = {
    1: aapor.NON_WORKING,
    3: aapor.TECHNICAL,
    17: aapor.BUSY,
    18: aapor.NO_ANSWER,
    19: aapor.NO_ANSWER,
    20: aapor.TECHNICAL,
    21: aapor.TECHNICAL,
    22: aapor.NUMBER_CHANGED,
    27: aapor.TECHNICAL,
    28: aapor.NON_WORKING,
    **dict.fromkeys(CONGESTION_CAUSES, aapor.TECHNICAL),
}
CODE_OF_STATUS: Mapping[LineStatus, str] = {
    LineStatus.BUSY: aapor.BUSY,
    LineStatus.NO_ANSWER: aapor.NO_ANSWER,
    LineStatus.UNREACHABLE: aapor.TECHNICAL,
    LineStatus.REJECTED: aapor.TECHNICAL,
    LineStatus.WRONG_NUMBER: aapor.NON_WORKING,
    LineStatus.NUMBER_CHANGED: aapor.NUMBER_CHANGED,
    LineStatus.CONGESTION: aapor.TECHNICAL,
    LineStatus.NOT_DIALLED: aapor.NOT_ATTEMPTED,
    LineStatus.FAILED: aapor.TECHNICAL,
}
# Once somebody confirmed the number, not reaching them is a non-contact with an eligible member.
CONFIRMED_CODE = {
    aapor.BUSY: aapor.NEVER_AVAILABLE,
    aapor.NO_ANSWER: aapor.NEVER_AVAILABLE,
    aapor.TECHNICAL: aapor.NEVER_AVAILABLE,
    aapor.MACHINE: aapor.MEMBER_MACHINE,
    aapor.NOT_CONFIRMED: aapor.NEVER_AVAILABLE,
}
# What is left when the attempts run out and nobody ever confirmed the number: the code that tells most goes first.
UNCONFIRMED_ORDER = (
    aapor.NOT_CONFIRMED,
    aapor.MACHINE,
    aapor.NO_ANSWER,
    aapor.TECHNICAL,
    aapor.BUSY,
    aapor.NOT_ATTEMPTED,
)
# A number is taken for dead after this many different days of the carrier saying so.
NON_WORKING_DAYS = 2

DEFAULT_DELAY = timedelta(minutes=180)
DELAYS = {
    aapor.BUSY: timedelta(minutes=20),
    aapor.NOT_ATTEMPTED: timedelta(minutes=5),
    "2.34": timedelta(minutes=60),
    aapor.NON_WORKING: timedelta(hours=24),
    "4.33": timedelta(hours=24),
}
CONGESTION_DELAY = timedelta(minutes=10)


@dataclass(frozen=True)
class LineWord:
    """The line's outcome of a call that nobody answered. `is_attempt`: it counts against the member's attempts."""

    code: str
    is_attempt: bool
    retry_after: timedelta


@dataclass(frozen=True)
class PastCall:
    """A call that has its disposition: the code, and the day in the club's zone."""

    code: str
    on: date


@dataclass(frozen=True)
class NextStep:
    """What becomes of the entry: `due_at` of the next attempt, or None when it is closed with `outcome`."""

    outcome: str
    due_at: datetime | None


def from_line(cause: int | None, status: LineStatus | None, *, was_dialled: bool, is_confirmed: bool) -> LineWord:
    """The outcome of an unanswered call by the hangup cause of the member's leg, else by the line status.

    `was_dialled`: the member's line was really dialled. `is_confirmed`: an earlier call proved the number right.
    """
    if not was_dialled:
        return LineWord(aapor.NOT_ATTEMPTED, is_attempt=False, retry_after=DELAYS[aapor.NOT_ATTEMPTED])
    if cause in CONGESTION_CAUSES or status is LineStatus.CONGESTION:
        return LineWord(
            _as_known(aapor.TECHNICAL, is_confirmed=is_confirmed), is_attempt=False, retry_after=CONGESTION_DELAY
        )
    code = CODE_OF_CAUSE.get(cause or 0) or CODE_OF_STATUS.get(status or LineStatus.FAILED, aapor.TECHNICAL)
    known = _as_known(code, is_confirmed=is_confirmed)
    return LineWord(known, is_attempt=code != aapor.NOT_ATTEMPTED, retry_after=delay_after(code))


def delay_after(code: str) -> timedelta:
    """How long to leave a member alone after a call with this outcome."""
    return DELAYS.get(code, DEFAULT_DELAY)


def is_confirmed(codes: Sequence[str]) -> bool:
    """Whether any earlier outcome proves that the number is the member's."""
    return any(OUTCOMES[code].is_eligible for code in codes)


def next_step(
    calls: Sequence[PastCall],
    *,
    attempt_count: int,
    max_attempts: int,
    retry_after: timedelta,
    callback_at: datetime | None,
    now: datetime,
) -> NextStep:
    """Whether the entry is called again and when, after the last of `calls` (oldest first, at least one).

    A final code closes it; a callback the member asked for is kept even when the attempts have run out.
    """
    outcome = entry_outcome(calls)
    if not OUTCOMES[calls[-1].code].is_temporary or _is_dead_number(calls):
        return NextStep(outcome, None)
    if callback_at is not None:
        return NextStep(outcome, callback_at)
    if attempt_count >= max_attempts:
        return NextStep(outcome, None)
    return NextStep(outcome, now + retry_after)


def entry_outcome(calls: Sequence[PastCall]) -> str:
    """The code of an entry, derived from all its calls (oldest first).

    An interview wins, then the last refusal or other final word of a person; later silence cancels neither. A
    member who was ever proved eligible is a non-contact when not reached, whatever the line said afterwards.
    """
    codes = [call.code for call in calls]
    for code in (aapor.COMPLETE, aapor.PARTIAL):
        if code in codes:
            return code
    spoken = [code for code in codes if not OUTCOMES[code].is_temporary and OUTCOMES[code].is_contacted]
    if spoken and not (is_confirmed(codes) and OUTCOMES[spoken[-1]].symbol is Symbol.UNKNOWN_OTHER):
        return spoken[-1]
    if is_confirmed(codes):
        return _confirmed_outcome(codes)
    return _unconfirmed_outcome(calls)


def _confirmed_outcome(codes: Sequence[str]) -> str:
    if any(OUTCOMES[code].symbol in {Symbol.NOT_ELIGIBLE, Symbol.UNKNOWN_OTHER} for code in codes):
        return aapor.NON_CONTACT
    return next(code for code in reversed(codes) if OUTCOMES[code].is_eligible)


def _unconfirmed_outcome(calls: Sequence[PastCall]) -> str:
    codes = [call.code for call in calls]
    final = [code for code in codes if not OUTCOMES[code].is_temporary]
    if final:
        return final[-1]
    if _is_dead_number(calls):
        return aapor.NON_WORKING
    for code in UNCONFIRMED_ORDER:
        if code in codes:
            return code
    return codes[-1] if codes else aapor.NOT_ATTEMPTED


def _is_dead_number(calls: Sequence[PastCall]) -> bool:
    return len({call.on for call in calls if call.code == aapor.NON_WORKING}) >= NON_WORKING_DAYS


def _as_known(code: str, *, is_confirmed: bool) -> str:
    return CONFIRMED_CODE.get(code, code) if is_confirmed else code
