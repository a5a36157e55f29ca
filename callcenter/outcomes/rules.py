"""How patient a campaign is with each outcome of a call. Pure.

AAPOR fixes what a code means: its symbol, whether somebody was reached, whether the number is proved, and which words
of a person are final. A campaign chooses only how long to wait, how often to try, and what the operator is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from callcenter.calls import aapor
from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.aapor import Symbol

HOUR = 60
DAY = 24 * HOUR
WEEK = 7 * DAY


@dataclass(frozen=True)
class Rule:
    """What a campaign does after an outcome.

    `retry_minutes`: the wait before the next attempt. `most_times`: so many attempts with this outcome end the
    member's calls (1: it is final; None: only the attempts of the campaign end them). `needs_note`: the operator must
    say something about it. `is_offered`: it is on the operator's keys.
    """

    code: str
    retry_minutes: int = 0
    most_times: int | None = 1
    needs_note: bool = False
    is_offered: bool = True


@dataclass(frozen=True)
class Freedom:
    """What a campaign may choose for one code."""

    may_wait: bool
    may_end: bool
    may_go_on: bool
    may_ask_note: bool
    may_hide: bool


# The waits to choose from, in minutes.
WAITS = (
    10, 20, 30, HOUR, 2 * HOUR, 3 * HOUR, 4 * HOUR, 6 * HOUR, 12 * HOUR,
    DAY, 2 * DAY, 3 * DAY, WEEK, 2 * WEEK, 30 * DAY,
)  # fmt: skip
MOST_TIMES = 10
# Who refused is asked once more at the most, and not within the week.
REFUSAL_WAITS = tuple(wait for wait in WAITS if wait >= WEEK)
REFUSAL_TIMES = 2

LINE_CODES = (
    aapor.BUSY, aapor.NO_ANSWER, aapor.TECHNICAL, aapor.NEVER_AVAILABLE, aapor.NON_WORKING, aapor.NUMBER_CHANGED,
)  # fmt: skip
INTERVIEW_CODES = (aapor.COMPLETE, aapor.PARTIAL, aapor.BREAK_OFF, aapor.QUOTA_FULL)
# On the operator's keys in every campaign: each call must be able to end with one of them.
ALWAYS_OFFERED = (aapor.MISCELLANEOUS, aapor.REFUSAL, aapor.WRONG_PERSON)
FURTHER_CODES = (
    aapor.MACHINE, aapor.MEMBER_MACHINE, aapor.NOT_CONFIRMED, aapor.INAUDIBLE, aapor.LANGUAGE, aapor.UNABLE,
    aapor.NOT_IN_SAMPLE, aapor.DEAD,
)  # fmt: skip
# A promise is kept however often it is asked for; the carrier's word on a dead number is believed on the second day.
ENDS_BY_ITSELF = frozenset({aapor.MISCELLANEOUS, aapor.NON_WORKING})
# The same key gives one or the other, by whether the number was proved before: one switch for both.
TWINS: Mapping[str, str] = {aapor.MEMBER_MACHINE: aapor.MACHINE}

_DEFAULTS = (
    Rule(aapor.NOT_ATTEMPTED, 5, None),
    Rule(aapor.BUSY, 20, None),
    Rule(aapor.NO_ANSWER, 3 * HOUR, None),
    Rule(aapor.TECHNICAL, 3 * HOUR, None),
    Rule(aapor.NEVER_AVAILABLE, 3 * HOUR, None),
    Rule(aapor.NON_WORKING, DAY, None),
    Rule(aapor.NUMBER_CHANGED),
    Rule(aapor.COMPLETE),
    Rule(aapor.PARTIAL),
    Rule(aapor.BREAK_OFF, WEEK),
    Rule(aapor.MISCELLANEOUS, 3 * HOUR, None),
    Rule(aapor.REFUSAL, WEEK),
    Rule(aapor.WRONG_PERSON),
    Rule(aapor.MACHINE, 3 * HOUR, MOST_TIMES),
    Rule(aapor.MEMBER_MACHINE, 3 * HOUR, MOST_TIMES),
    Rule(aapor.NOT_CONFIRMED, 3 * HOUR, None),
    Rule(aapor.INAUDIBLE, HOUR, None),
    Rule(aapor.LANGUAGE),
    Rule(aapor.UNABLE),
    Rule(aapor.NOT_IN_SAMPLE, needs_note=True),
    Rule(aapor.DEAD),
    Rule(aapor.QUOTA_FULL),
)
DEFAULTS: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _DEFAULTS})


@dataclass(frozen=True)
class Policy:
    """The rules of one campaign, by code; a code it does not have is treated as AAPOR says."""

    rules: Mapping[str, Rule]

    @property
    def is_changed(self) -> bool:
        """Whether any rule differs from the default."""
        return self.rules != DEFAULTS

    def rule(self, code: str) -> Rule:
        """The rule for a code. Raises KeyError for one that AAPOR does not have."""
        return self.rules.get(code) or _unchosen(code)

    def retry_after(self, code: str) -> timedelta:
        """How long to leave a member alone after a call with this outcome."""
        return timedelta(minutes=self.rule(code).retry_minutes)


STANDARD = Policy(DEFAULTS)


def freedom(code: str) -> Freedom:
    """What a campaign may choose for a code; what AAPOR makes final stays final, but a refusal may be asked again."""
    is_refusal = OUTCOMES[code].symbol is Symbol.REFUSAL
    is_open = OUTCOMES[code].is_temporary
    return Freedom(
        may_wait=is_open or is_refusal,
        may_end=(is_open or is_refusal) and code not in ENDS_BY_ITSELF,
        may_go_on=is_open,
        may_ask_note=code in ALWAYS_OFFERED + FURTHER_CODES and code not in TWINS and code != aapor.MISCELLANEOUS,
        may_hide=code in FURTHER_CODES and code not in TWINS,
    )


def waits(code: str) -> tuple[int, ...]:
    """The waits to choose from for a code, in minutes; none when nobody is called after it."""
    if not freedom(code).may_wait:
        return ()
    return WAITS if OUTCOMES[code].is_temporary else REFUSAL_WAITS


def times(code: str) -> tuple[int | None, ...]:
    """How many attempts with a code may end the calls; None stands for no end of its own."""
    allowed = freedom(code)
    if not allowed.may_end:
        return ()
    numbers = range(1, (MOST_TIMES if allowed.may_go_on else REFUSAL_TIMES) + 1)
    return (*((None,) if allowed.may_go_on else ()), *numbers)


def is_allowed(rule: Rule) -> bool:
    """Whether a campaign may have this rule."""
    standard, switches = DEFAULTS[rule.code], freedom(TWINS.get(rule.code, rule.code))
    return (
        (rule.retry_minutes == standard.retry_minutes or rule.retry_minutes in waits(rule.code))
        and (rule.most_times == standard.most_times or rule.most_times in times(rule.code))
        and (rule.needs_note == standard.needs_note or switches.may_ask_note)
        and (rule.is_offered == standard.is_offered or switches.may_hide)
    )


def _unchosen(code: str) -> Rule:
    return Rule(code, 3 * HOUR, None) if OUTCOMES[code].is_temporary else Rule(code)
