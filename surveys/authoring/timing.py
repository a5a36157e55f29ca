"""How long a survey takes to ask, estimated from its words. Pure.

Reading aloud on the phone goes at some 140 words a minute in English and in Persian alike, about as fast as news are
read and slower than talk; answering takes as long as the kind of question makes one think. When interviews of the same
survey were timed, their pace corrects the estimate.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.texts import plain

if TYPE_CHECKING:
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


def seconds_of(question: Question, language: str) -> float:
    """How long the question takes to be read out and answered."""
    words = len(plain(question.text.get(language, "")).split())
    if question.kind in WITH_CHOICES and len(question.choices) <= MOST_READ_CHOICES:
        words += sum(len(choice.text.get(language, "").split()) for choice in question.choices)
    answering = ANSWER_SECONDS.get(question.kind, OTHERWISE_SECONDS) if question.wants_answer else 0.0
    return words / WORDS_PER_SECOND + answering


def minutes_of(questionnaire: Questionnaire, pace: float = 1.0) -> float:
    """How long an interview takes that asks everything, in the language in which it is longest."""
    return pace * max(
        (sum(seconds_of(q, language) for q in questionnaire.questions) / 60 for language in questionnaire.languages),
        default=0.0,
    )


def pace_of(timed: Sequence[tuple[float, float]]) -> float:
    """How much slower (above 1) or faster interviews were than estimated, from pairs of (minutes, estimate)."""
    shares = [minutes / estimate for minutes, estimate in timed if estimate > 0]
    if len(shares) < LEAST_INTERVIEWS:
        return 1.0
    return min(max(median(shares), FASTEST), SLOWEST)
