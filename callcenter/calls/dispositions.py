"""What came of a call, and what follows from it: the line's word as a code, the next attempt, the entry's outcome.

Pure. The codes are those of `aapor`; the causes are Q.850's, as Asterisk tells them for the member's leg; how patient
a campaign is comes from its `Policy`.
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
from callcenter.outcomes.rules import Policy

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

CONGESTION_DELAY = timedelta(minutes=10)


@dataclass(frozen=True)
class LineWord:
    """The line's outcome of a call that nobody answered. `is_attempt`: it counts against the member's attempts."""

    code: str
    is_attempt: bool
    retry_after: timedelta


@dataclass(frozen=True)
class PastCall:
    """A call that has its disposition: the code, the day in the club's zone, and whether it was an attempt."""

    code: str
    on: date
    is_attempt: bool = True


@dataclass(frozen=True)
class NextStep:
    """What becomes of the entry: `due_at` of the next attempt, or None when it is closed with `outcome`."""

    outcome: str
    due_at: datetime | None


def from_line(
    cause: int | None, status: LineStatus | None, *, was_dialled: bool, is_confirmed: bool, policy: Policy
) -> LineWord:
    """The outcome of an unanswered call by the hangup cause of the member's leg, else by the line status.

    `was_dialled`: the member's line was really dialled. `is_confirmed`: an earlier call proved the number right; the
    wait is still that of what the line said, so that a busy member is tried again soon.
    """
    if not was_dialled:
        return LineWord(aapor.NOT_ATTEMPTED, is_attempt=False, retry_after=policy.retry_after(aapor.NOT_ATTEMPTED))
    is_attempt = was_attempt(cause, status, was_dialled=was_dialled)
    if _is_congested(cause, status):
        return LineWord(as_known(aapor.TECHNICAL, is_confirmed=is_confirmed), is_attempt, CONGESTION_DELAY)
    code = _heard(cause, status)
    return LineWord(as_known(code, is_confirmed=is_confirmed), is_attempt, policy.retry_after(code))


def was_attempt(cause: int | None, status: LineStatus | None, *, was_dialled: bool) -> bool:
    """Whether a call counts against the member's attempts; an answered one always does."""
    if status is LineStatus.ANSWERED:
        return True
    return was_dialled and not _is_congested(cause, status) and _heard(cause, status) != aapor.NOT_ATTEMPTED


def as_known(code: str, *, is_confirmed: bool) -> str:
    """The code of an unsuccessful attempt at a number that was proved before, or was not."""
    return CONFIRMED_CODE.get(code, code) if is_confirmed else code


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
    policy: Policy,
    now: datetime,
) -> NextStep:
    """Whether the entry is called again and when, after the last of `calls` (oldest first, at least one).

    An outcome that ends the calls closes it; a callback the member asked for is kept even when the attempts have run
    out.
    """
    outcome = entry_outcome(calls)
    if _is_ended(calls, policy) or _is_dead_number(calls):
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
    is_proved = is_confirmed(codes)
    # "Wrong number" is no last word about a member who was spoken to there before.
    doubts = {Symbol.UNKNOWN_OTHER} if is_proved else set()
    spoken = [code for code in codes if _is_final_word(code) and OUTCOMES[code].symbol not in doubts]
    if spoken:
        return spoken[-1]
    return _confirmed_outcome(codes) if is_proved else _unconfirmed_outcome(calls)


def _is_final_word(code: str) -> bool:
    return OUTCOMES[code].is_contacted and not OUTCOMES[code].is_temporary


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


def _is_ended(calls: Sequence[PastCall], policy: Policy) -> bool:
    """Whether the last call's outcome has come as often as the campaign bears it; refusals of all kinds add up."""
    last = calls[-1].code
    most, symbol = policy.rule(last).most_times, OUTCOMES[last].symbol
    if most == 1 and not OUTCOMES[last].is_temporary:
        return True
    alike = {last} if symbol is not Symbol.REFUSAL else {code for code, one in OUTCOMES.items() if one.symbol is symbol}
    same = [call for call in calls if call.code in alike]
    return most is not None and sum(call.is_attempt for call in same) >= most


def _is_congested(cause: int | None, status: LineStatus | None) -> bool:
    return cause in CONGESTION_CAUSES or status is LineStatus.CONGESTION


def _heard(cause: int | None, status: LineStatus | None) -> str:
    return CODE_OF_CAUSE.get(cause or 0) or CODE_OF_STATUS.get(status or LineStatus.FAILED, aapor.TECHNICAL)
