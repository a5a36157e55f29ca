"""What speaks against an interview, from its facts and a club's thresholds. Pure: no database, no clock.

A threshold of 0 switches its rule off. Flags carry the figures of their reason; wording makes sentences of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from surveys.interviews.evidence import OperatorFigures
    from surveys.interviews.evidence import Step

# Texts of fewer words are read in a breath, and a second of the clock would decide.
FEWEST_WORDS = 30
# Fewer colleagues are no measure.
FEWEST_OTHERS = 3
# The usual distance from the middle as a standard deviation, if it were a normal distribution.
TO_DEVIATION = 1.4826
# However alike the others are, less than this is not far: of the questions, and of a mark between 1 and 5.
LEAST_SPREAD = {"unanswered": 0.03, "rating": 0.15}


class FlagKind(StrEnum):
    """What speaks against an interview."""

    UNREADABLE = "unreadable"
    TOO_FAST = "too_fast"
    STRAIGHT = "straight"
    OFF_CALL = "off_call"
    SHORT_TALK = "short_talk"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Thresholds:
    """From where on a club has an interview looked at; what a club has that never chose its own."""

    words_per_second: int = 6
    median_percent: int = 33
    median_interviews: int = 20
    straight_ratings: int = 10
    off_call_answers: int = 3
    off_call_seconds: int = 30
    talk_seconds: int = 4
    operator_distance: int = 4
    operator_interviews: int = 20


@dataclass(frozen=True)
class Flag:
    """One thing that speaks against an interview, with the figures it was seen by."""

    kind: FlagKind
    figures: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Talk:
    """A call in which the member was on the line, from when until when."""

    since: datetime
    until: datetime

    @property
    def seconds(self) -> float:
        """How long it was."""
        return (self.until - self.since).total_seconds()

    def covers(self, moment: datetime, slack: float) -> bool:
        """Whether the moment lies in it, or not more than `slack` seconds beside it."""
        return (self.since - moment).total_seconds() <= slack and (moment - self.until).total_seconds() <= slack


def alone(steps: Sequence[Step], typed_at: Sequence[datetime], talks: Sequence[Talk], limits: Thresholds) -> list[Flag]:
    """What an interview says against itself, without a look at any other."""
    found = [
        _unreadable(steps, limits),
        _straight(steps, limits),
        _off_call(typed_at, talks, limits),
        _short_talk(steps, talks, limits),
    ]
    return [flag for flag in found if flag is not None]


def pace(steps: Sequence[Step]) -> float | None:
    """The seconds for each question; None when no time is known."""
    known = [step.seconds for step in steps if step.seconds is not None]
    return sum(known) / len(known) if known else None


def too_fast(steps: Sequence[Step], others: Sequence[float], limits: Thresholds) -> Flag | None:
    """Far quicker than the others of its version; `others` are their seconds for each question."""
    own = pace(steps)
    if own is None or not limits.median_percent or len(others) < max(limits.median_interviews, 1):
        return None
    middle = median(others)
    if 100 * own >= limits.median_percent * middle:
        return None
    return Flag(FlagKind.TOO_FAST, {"seconds": own, "median": middle, "interviews": len(others)})


def far_operator(operator_id: int, figures: Sequence[OperatorFigures], limits: Thresholds) -> Flag | None:
    """An operator whose interviews are far from those of the others: unanswered questions first, then the marks."""
    known = [one for one in figures if one.interviews >= max(limits.operator_interviews, 1)]
    own = next((one for one in known if one.operator_id == operator_id), None)
    others = [one for one in known if one.operator_id != operator_id]
    if not limits.operator_distance or own is None or len(others) < FEWEST_OTHERS:
        return None
    shares = [one.unanswered for one in others]
    means = [one.mean_rating for one in others if one.mean_rating is not None]
    about = {"unanswered": (own.unanswered, shares), "rating": (own.mean_rating, means)}
    for name, (value, rest) in about.items():
        if value is None or len(rest) < FEWEST_OTHERS:
            continue
        far = distance(value, rest, least=LEAST_SPREAD[name])
        if far >= limits.operator_distance:
            return Flag(FlagKind.OPERATOR, {name: value, "median": median(rest), "distance": far})
    return None


def distance(value: float, others: Sequence[float], *, least: float) -> float:
    """How far a value is from the middle of others, in their usual distances from it (robust z), never negative.

    A usual distance below `least` counts as that.
    """
    middle = median(others)
    usual = TO_DEVIATION * median(abs(one - middle) for one in others)
    return abs(value - middle) / max(usual, least)


def _unreadable(steps: Sequence[Step], limits: Thresholds) -> Flag | None:
    timed = [(step.words, step.seconds) for step in steps if step.seconds is not None]
    words, seconds = sum(words for words, _ in timed), sum(seconds for _, seconds in timed)
    if not limits.words_per_second or words < FEWEST_WORDS or seconds * limits.words_per_second >= words:
        return None
    return Flag(FlagKind.UNREADABLE, {"words": words, "seconds": seconds})


def _straight(steps: Sequence[Step], limits: Thresholds) -> Flag | None:
    ratings = [step.rating for step in steps if step.rating is not None]
    if not limits.straight_ratings or len(ratings) < limits.straight_ratings or len(set(ratings)) != 1:
        return None
    return Flag(FlagKind.STRAIGHT, {"ratings": len(ratings), "value": ratings[0]})


def _off_call(typed_at: Sequence[datetime], talks: Sequence[Talk], limits: Thresholds) -> Flag | None:
    outside = sum(not any(talk.covers(moment, limits.off_call_seconds) for talk in talks) for moment in typed_at)
    if not limits.off_call_answers or outside < limits.off_call_answers:
        return None
    return Flag(FlagKind.OFF_CALL, {"outside": outside, "answers": len(typed_at)})


def _short_talk(steps: Sequence[Step], talks: Sequence[Talk], limits: Thresholds) -> Flag | None:
    answers, seconds = sum(step.wants_answer for step in steps), sum(talk.seconds for talk in talks)
    # Without any talk there is nothing to measure: that is another rule's.
    if not limits.talk_seconds or not talks or seconds >= limits.talk_seconds * answers:
        return None
    return Flag(FlagKind.SHORT_TALK, {"seconds": seconds, "answers": answers})
