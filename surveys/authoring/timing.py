"""How long a survey takes to ask, estimated from its words. Pure.

Reading aloud on the phone goes at some 140 words a minute in English and in Persian alike, about as fast as news are
read and slower than talk; answering takes as long as the kind of question makes one think. A question that was often
asked in these words takes as long as it took then, and the pace of such questions corrects the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from statistics import median
from typing import TYPE_CHECKING

from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.texts import plain

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

WORDS_PER_SECOND = 140 / 60
# Seconds from the end of the question to the end of its answer.
ANSWER_SECONDS = {
    Kind.OPEN_TEXT: 25.0,
    Kind.CHOICE_MANY: 10.0,
    Kind.AMOUNT: 10.0,
    Kind.DATE: 10.0,
    Kind.NUMBER: 7.0,
    Kind.CONSENT: 4.0,
    Kind.YES_NO: 4.0,
}
OTHERWISE_SECONDS = 5.0
# Choices are read out one by one, unless there are so many that nobody would.
MOST_READ_CHOICES = 6
# A pace outside of these comes from few or strange interviews.
SLOWEST, FASTEST = 2.0, 0.5
LEAST_INTERVIEWS = 5


@dataclass(frozen=True)
class Past:
    """What interviews of the survey showed.

    `seconds` that questions took, by code; the others go `pace` times as slowly as estimated.
    """

    seconds: Mapping[str, float] = field(default_factory=dict)
    pace: float = 1.0


NOTHING_YET = Past()


def seconds_of(question: Question, language: str) -> float:
    """How long the question takes to be read out and answered."""
    words = len(plain(question.text.get(language, "")).split())
    if question.kind in WITH_CHOICES and len(question.choices) <= MOST_READ_CHOICES:
        words += sum(len(choice.text.get(language, "").split()) for choice in question.choices)
    answering = ANSWER_SECONDS.get(question.kind, OTHERWISE_SECONDS) if question.wants_answer else 0.0
    return words / WORDS_PER_SECOND + answering


def each_of(questionnaire: Questionnaire, past: Past = NOTHING_YET) -> dict[str, float]:
    """The seconds that each question takes, by code: as it went, else from its words in the longest language."""
    words = {
        question.code: max((seconds_of(question, language) for language in questionnaire.languages), default=0.0)
        for question in questionnaire.questions
    }
    return {code: past.seconds.get(code, past.pace * seconds) for code, seconds in words.items()}


def minutes_of(questionnaire: Questionnaire, past: Past = NOTHING_YET) -> float:
    """How long an interview takes that asks everything, in the language in which it is longest."""
    timed = sum(past.seconds.get(question.code, 0.0) for question in questionnaire.questions)
    others = [question for question in questionnaire.questions if question.code not in past.seconds]
    words = max((sum(seconds_of(one, language) for one in others) for language in questionnaire.languages), default=0.0)
    return (timed + past.pace * words) / 60


def past_of(
    questionnaire: Questionnaire, timed: Mapping[str, Sequence[float]], whole: Sequence[tuple[float, float]]
) -> Past:
    """What interviews showed. `timed` are the seconds that each question took, by code.

    `whole` are pairs of (minutes, estimate) of interviews; they tell the pace where no question was timed often enough.
    """
    seconds = {code: median(spent) for code, spent in timed.items() if len(spent) >= LEAST_INTERVIEWS}
    if not seconds:
        return Past(pace=pace_of(whole))
    estimates = each_of(questionnaire)
    estimate = sum(estimates[code] for code in seconds)
    return Past(seconds, _within(sum(seconds.values()) / estimate) if estimate else 1.0)


def pace_of(timed: Sequence[tuple[float, float]]) -> float:
    """How much slower (above 1) or faster interviews were than estimated, from pairs of (minutes, estimate)."""
    shares = [minutes / estimate for minutes, estimate in timed if estimate > 0]
    return _within(median(shares)) if len(shares) >= LEAST_INTERVIEWS else 1.0


def _within(pace: float) -> float:
    return min(max(pace, FASTEST), SLOWEST)
