"""What a simulated member says to a question, what they mean by it, and whether the operator got it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING
from typing import Any

from callcenter.training import personas
from callcenter.training.personas import MANNERS
from callcenter.training.personas import Persona
from config.calendar import format_date
from config.formats import RIAL_PER_TOMAN
from config.text import to_persian_digits
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.questionnaires.document import Question

DONT_KNOW_SHARE = 0.08
REFUSE_SHARE = 0.12
SCALES = {Kind.RATING: (1, RATING_TOP), Kind.RECOMMEND: (0, RECOMMEND_TOP), Kind.EFFORT: (1, EFFORT_TOP)}


@dataclass(frozen=True)
class Turn:
    """What the member says to a question; `again` is what they say when asked again, empty where they were clear.

    `status` and `value` are what they mean; `value` is None where any text will do.
    """

    says: str
    again: str
    status: AnswerStatus
    value: Any

    @property
    def is_clear(self) -> bool:
        """Whether it can be recorded at once."""
        return not self.again


@dataclass(frozen=True)
class Choice:
    """What the operator may reply to the member's question at the beginning; one of them is right."""

    says: str
    replies: tuple[str, ...]
    right: int


def challenge(persona: Persona, language: str, *, seed: int) -> Choice:
    """What the member asks before anything else, and the replies to choose from."""
    manner = MANNERS[persona]
    order = list(range(len(manner.replies)))
    Random(f"{seed}:replies").shuffle(order)
    return Choice(manner.challenge[language], tuple(manner.replies[place][language] for place in order), order.index(0))


def turn(persona: Persona, question: Question, language: str, *, seed: int, today: date) -> Turn:
    """What the member says to a question: the same for the same seed."""
    chance, manner = Random(f"{seed}:{question.code}"), MANNERS[persona]
    if question.kind is Kind.CONSENT:
        return Turn(personas.CONSENTS[language], "", AnswerStatus.ANSWERED, YES)
    if not question.wants_answer:
        closing = personas.GOODBYE if question.kind is Kind.CLOSING else personas.LISTENS
        return Turn(closing[language], "", AnswerStatus.ANSWERED, None)
    if persona is Persona.WARY and chance.random() < REFUSE_SHARE:
        return Turn(personas.REFUSES[language], "", AnswerStatus.REFUSED, None)
    if chance.random() < DONT_KNOW_SHARE:
        return Turn(personas.DONT_KNOW[language], "", AnswerStatus.DONT_KNOW, None)
    value, answer = _MEANT[question.kind](question, language, chance, manner.mood, today)
    is_vague = question.kind in SCALES and chance.random() < manner.vague_share
    told = (manner.vague if is_vague else manner.outright)[language].format(answer=answer)
    again = manner.again[language].format(answer=answer) if is_vague else ""
    return Turn(told, again, AnswerStatus.ANSWERED, value)


def is_right(one: Turn, status: AnswerStatus | None, value: Any, *, was_asked_again: bool) -> bool:
    """Whether what was recorded is what the member meant, and was heard rather than guessed."""
    if status is not one.status or (not one.is_clear and not was_asked_again):
        return False
    return one.value is None or one.value == value


def _scale(question: Question, language: str, chance: Random, mood: int, _today: date) -> tuple[Any, str]:
    lowest, highest = SCALES[question.kind]
    middle = lowest + (highest - lowest) * (mood - 1) / (RATING_TOP - 1)
    value = min(highest, max(lowest, round(chance.gauss(middle, (highest - lowest) / 5))))
    if question.kind is Kind.RATING:
        return value, question.labels[language][value - 1]
    return value, _digits(value, language)


def _yes_no(_question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    value = chance.choice(sorted(personas.YES_NO))
    return value, personas.YES_NO[value][language]


def _one(question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    choice = chance.choice(question.choices)
    return choice.code, choice.text[language]


def _many(question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    common = [choice for choice in question.choices if not choice.is_exclusive]
    chosen = chance.sample(common, k=min(len(common), chance.randint(1, 2)))
    codes = {choice.code for choice in chosen}
    joined = (" و " if language == "fa" else " and ").join(choice.text[language] for choice in chosen)
    return [choice.code for choice in question.choices if choice.code in codes], joined


def _number(question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    lowest = question.minimum if question.minimum is not None else 1
    highest = question.maximum if question.maximum is not None else lowest + 9
    value = chance.randint(lowest, min(highest, lowest + 9))
    return value, _digits(value, language)


def _amount(question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    # Whole Toman within bounds in rial; where only the lowest is known, some more than that.
    lowest = -(-(question.minimum or 0) // RIAL_PER_TOMAN)
    highest = 10**6 + lowest if question.maximum is None else question.maximum // RIAL_PER_TOMAN
    toman = min(highest, lowest + chance.randint(1, 20) * 50_000)
    unit = "تومان" if language == "fa" else "Toman"
    return toman * RIAL_PER_TOMAN, f"{_digits(toman, language)} {unit}"


def _day(question: Question, language: str, chance: Random, _mood: int, today: date) -> tuple[Any, str]:
    day = today - timedelta(days=chance.randint(2, 20))
    for bound, narrower in ((question.earliest, max), (question.latest, min)):
        if bound is not None:
            day = narrower(day, today if bound == "today" else date.fromisoformat(bound))
    return day.isoformat(), format_date(day, language)


def _words(_question: Question, language: str, chance: Random, _mood: int, _today: date) -> tuple[Any, str]:
    return None, chance.choice(personas.OWN_WORDS)[language]


def _digits(number: int, language: str) -> str:
    return to_persian_digits(str(number)) if language == "fa" else str(number)


_MEANT: Mapping[Kind, Callable[[Question, str, Random, int, date], tuple[Any, str]]] = {
    **dict.fromkeys(SCALES, _scale),
    Kind.YES_NO: _yes_no,
    Kind.CHOICE_ONE: _one,
    Kind.CHOICE_MANY: _many,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.DATE: _day,
    Kind.OPEN_TEXT: _words,
}
