"""How the demo's members answer: a mood of their own, a mean for each dimension, and the real path of the survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from config.formats import RIAL_PER_TOMAN
from surveys.demo.words import WORDS
from surveys.interviews.answers import accept
from surveys.interviews.path import Given
from surveys.interviews.path import next_unanswered
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from random import Random

    from surveys.interviews.answers import Accepted
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

MOOD_SPREAD = 0.55
SPREAD = 0.8
DONT_KNOW_SHARE = 0.025
REFUSED_SHARE = 0.008
SILENT_SHARE = 0.45
HIGHEST_LOW = 3
MOST_ABOVE = 10
TYPED = frozenset({Kind.NUMBER, Kind.AMOUNT, Kind.DATE})


class Deck:
    """The sentences of each topic, dealt until they run out, so that the same one is not heard twice in a row."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._left: dict[tuple[str, bool], list[str]] = {}

    def draw(self, topic: str, *, is_pleased: bool) -> str:
        """The next sentence about a topic."""
        left = self._left.setdefault((topic, is_pleased), [])
        if not left:
            left += self._chance.sample(WORDS[topic, is_pleased], len(WORDS[topic, is_pleased]))
        return left.pop()


@dataclass(frozen=True)
class Opinion:
    """The mean ratings (1 to 5) by dimension that a member's answers scatter around."""

    means: Mapping[str, float]


def interview(
    questionnaire: Questionnaire,
    opinion: Opinion,
    *,
    deck: Deck,
    chance: Random,
    today: date,
    stop_after: int | None = None,
) -> dict[str, Accepted]:
    """The answers by question code along the path; `stop_after` so many, when the member ends it early."""
    mood = chance.gauss(0, MOOD_SPREAD)
    answers: dict[str, Accepted] = {}
    given: dict[str, Given] = {}
    while stop_after is None or len(answers) < stop_after:
        code = next_unanswered(questionnaire, given)
        if code is None:
            break
        question = questionnaire.by_code[code]
        dimension = questionnaire.section_of[code].dimension
        status, value = _answer(question, str(dimension or "overall"), opinion, mood, answers, deck, chance, today)
        answers[code] = accept(question, status, value, today=today)
        given[code] = Given(answers[code].value, status is not AnswerStatus.REFUSED)
    return answers


def _answer(
    question: Question,
    dimension: str,
    opinion: Opinion,
    mood: float,
    answers: Mapping[str, Accepted],
    deck: Deck,
    chance: Random,
    today: date,
) -> tuple[AnswerStatus, Any]:
    if question.kind is Kind.CONSENT or not question.wants_answer:
        return AnswerStatus.ANSWERED, YES if question.wants_answer else None
    if question.kind is Kind.OPEN_TEXT:
        return _word(answers, deck, chance)
    roll = chance.random()
    if roll < REFUSED_SHARE:
        return AnswerStatus.REFUSED, None
    if roll < REFUSED_SHARE + DONT_KNOW_SHARE:
        return AnswerStatus.DONT_KNOW, None
    is_typed = question.kind in TYPED
    value = _typed(question, chance, today) if is_typed else _value(question, dimension, opinion, mood, chance)
    return AnswerStatus.ANSWERED, value


def _value(question: Question, dimension: str, opinion: Opinion, mood: float, chance: Random) -> Any:
    if question.kind in {Kind.CHOICE_ONE, Kind.CHOICE_MANY}:
        codes = [choice.code for choice in question.choices]
        picked = chance.choice(codes)
        return picked if question.kind is Kind.CHOICE_ONE else [picked]
    if question.kind is Kind.YES_NO:
        return YES
    mean = opinion.means.get(dimension, opinion.means["overall"]) + mood
    rating = min(5, max(1, round(chance.gauss(mean, SPREAD))))
    return {Kind.RECOMMEND: rating * 2, Kind.EFFORT: rating + 1}.get(question.kind, rating)


def _typed(question: Question, chance: Random, today: date) -> Any:
    """What is typed into a field, as it is typed: an amount in Toman, a day as it is written."""
    if question.kind is Kind.DATE:
        days = [bound for bound in (question.latest, question.earliest) if bound not in (None, TODAY)]
        return days[0] if days else today.isoformat()
    lowest, highest = question.minimum or 0, question.maximum
    number = chance.randint(lowest, lowest + MOST_ABOVE if highest is None else highest)
    return -(-number // RIAL_PER_TOMAN) if question.kind is Kind.AMOUNT else number


def _word(answers: Mapping[str, Accepted], deck: Deck, chance: Random) -> tuple[AnswerStatus, Any]:
    """A sentence about what moved the member most: the lowest rated thing when it is low, else any of the good ones."""
    if chance.random() < SILENT_SHARE:
        return AnswerStatus.DONT_KNOW, None
    rated = {code: answer.number for code, answer in answers.items() if answer.number is not None}
    lowest = min(rated, key=lambda code: (rated[code], chance.random()), default=None)
    is_low = lowest is not None and rated[lowest] < HIGHEST_LOW
    code = (
        lowest if is_low else chance.choice([code for code, number in rated.items() if number >= HIGHEST_LOW] or [""])
    )
    topic = TOPIC_OF.get(str(code), "overall")
    return AnswerStatus.ANSWERED, deck.draw(topic, is_pleased=not is_low)


TOPIC_OF = {
    "price_paid": "price", "price_clear": "price", "product_quality": "quality", "variety": "quality",
    "staff": "service", "waiting": "service",
}  # fmt: skip
