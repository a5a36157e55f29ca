"""What the operator sees of an interview: one step, its texts filled in, its answers with their keys. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import format_date
from config.formats import RIAL_PER_TOMAN
from surveys.interviews import path
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.texts import fill
from surveys.questionnaires.texts import values_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

REFUSED_KEY = "r"
DONT_KNOW_KEY = "0"
# Where 0 is an answer itself, as on the scale from 0 to 10.
DONT_KNOW_KEY_BESIDE_ZERO = "d"
# On the keyboard - follows 0, as 10 follows 9.
TEN_KEY = "-"
MOST_DIGIT_KEYS = 9
# Answers that are said as their number.
SCALES = frozenset({Kind.RATING, Kind.RECOMMEND, Kind.EFFORT})
# Answers that are typed, so that digits and letters are no keys.
TYPED = frozenset({Kind.OPEN_TEXT, Kind.NUMBER, Kind.AMOUNT, Kind.DATE})
TOMAN = {"fa": "تومان", "en": "Toman"}
YES_NO_WORDS = {"fa": ("بله", "خیر"), "en": ("Yes", "No")}
# What 0 and 10 of a recommendation mean.
LIKELY_WORDS = {"fa": ("اصلاً", "خیلی زیاد"), "en": ("not at all", "very likely")}


class StepState(StrEnum):
    """Where a section stands."""

    DONE = "done"
    NOW = "now"
    COMING = "coming"


@dataclass(frozen=True)
class Step:
    """A section in the row of steps."""

    code: str
    title: str
    dimension: Dimension | None
    state: StepState


@dataclass(frozen=True)
class ScreenChoice:
    """One answer to choose. `key` is the key that gives it, empty where there is none left.

    `is_exclusive`: chosen among many, it is the only one.
    """

    value: str | int
    label: str
    key: str
    is_chosen: bool
    is_exclusive: bool = False


@dataclass(frozen=True)
class CurrentAnswer:
    """What is stored for the question on the screen. `status` is answered, dont_know or refused."""

    status: str
    value: Any


@dataclass(frozen=True)
class Said:
    """One answer in a list of those given. `answer` is a number, the label of a choice or the text itself.

    `status` is answered, dont_know or refused; `answer` is empty for the latter two.
    """

    code: str
    section: str
    dimension: Dimension | None
    status: str
    answer: str


@dataclass(frozen=True)
class Screen:
    """One step of an interview, ready to be shown.

    `text` is read aloud, `hint` and `probes` are for the operator; `ends` are the words of a scale's two ends, `typed`
    is what stands in the field of an answer that is typed, and `asked` has its limits. `position` of `count` counts the
    steps of the path as it is now. `dont_know_key` and `refused_key` are empty where these are no answers. `is_last`:
    from here the interview is completed. `can_complete`: nothing required is missing. `is_refused`: the member said no
    to the interview. `said` are the answers so far.
    """

    response_id: int
    state: str
    language: str
    languages: tuple[str, ...]
    code: str
    kind: Kind
    dimension: Dimension | None
    section: str
    text: str
    hint: str
    probes: tuple[str, ...]
    choices: tuple[ScreenChoice, ...]
    ends: tuple[str, ...]
    answer: CurrentAnswer | None
    typed: str
    wants_answer: bool
    is_required: bool
    asked: Question
    dont_know_key: str
    refused_key: str
    position: int
    count: int
    steps: tuple[Step, ...]
    can_go_back: bool
    can_go_on: bool
    is_last: bool
    can_complete: bool
    is_refused: bool
    said: tuple[Said, ...] = ()


def said(
    questionnaire: Questionnaire, code: str, answer: CurrentAnswer, language: str, placeholders: Mapping[str, Any]
) -> Said:
    """An answer in short words."""
    question, section = questionnaire.by_code[code], questionnaire.section_of[code]
    chosen = [choice.label for choice in choices_of(question, language, answer, placeholders) if choice.is_chosen]
    is_listed = chosen and question.kind not in SCALES
    words_of_answer = (
        ("، " if language == "fa" else ", ").join(chosen) if is_listed else read_back(question, answer, language)
    )
    return Said(code, section.title[language], section.dimension, answer.status, words_of_answer)


def choices_of(
    question: Question, language: str, answer: CurrentAnswer | None, placeholders: Mapping[str, Any]
) -> tuple[ScreenChoice, ...]:
    """The answers to choose from, with their keys; none for texts and numbers."""
    pairs = _PAIRS[question.kind](question, language, placeholders) if question.kind in _PAIRS else []
    keys = [_key(question.kind, place, value) for place, (value, _label) in enumerate(pairs, 1)]
    chosen = answer.value if answer is not None else None
    exclusive = {choice.code for choice in question.choices if choice.is_exclusive}
    return tuple(
        ScreenChoice(
            value, label, key, value in chosen if isinstance(chosen, list) else value == chosen, value in exclusive
        )
        for (value, label), key in zip(pairs, keys, strict=True)
    )


def with_pressed(value: str, choices: Sequence[ScreenChoice]) -> set[str]:
    """The choices after `value` was pressed."""
    before = {str(choice.value) for choice in choices if choice.is_chosen}
    alone = {str(choice.value) for choice in choices if choice.is_exclusive}
    if value in before:
        return before - {value}
    return {value} if value in alone else (before - alone) | {value}


def read_back(question: Question, answer: CurrentAnswer, language: str) -> str:
    """What was typed or pressed, as one would say it back: a day in words, an amount in Toman."""
    if answer.value is None:
        return ""
    if question.kind is Kind.DATE:
        return format_date(date.fromisoformat(answer.value), language)
    if question.kind is Kind.AMOUNT:
        return f"{_toman(answer.value, language)} {TOMAN.get(language, TOMAN['en'])}"
    return str(answer.value)


def typed(question: Question, answer: CurrentAnswer | None, language: str) -> str:
    """The answer as it stands in its field, in the form in which it is typed; empty where nothing is typed."""
    if answer is None or question.kind not in TYPED:
        return ""
    if answer.value is not None and question.kind is Kind.DATE:
        return format_date(date.fromisoformat(answer.value), language, "numeric")
    if answer.value is not None and question.kind is Kind.AMOUNT:
        return _toman(answer.value, language)
    return read_back(question, answer, language)


def ends_of(question: Question, language: str) -> tuple[str, ...]:
    """The words of the two ends of a scale that has words for these only."""
    if question.kind is Kind.RECOMMEND:
        return LIKELY_WORDS[language]
    return tuple(question.labels[language]) if question.kind is Kind.EFFORT else ()


def words(text: Mapping[str, str], language: str, placeholders: Mapping[str, Any]) -> str:
    """A text in the language of the interview with its values filled in; empty when there is none."""
    return fill(text.get(language, ""), values_in(language, placeholders))


def steps_of(
    questionnaire: Questionnaire, answers: Mapping[str, path.Given], current: str, language: str
) -> tuple[Step, ...]:
    """The sections on the path: the present one, those with all their answers, those to come."""
    codes = path.path_of(questionnaire, answers)
    steps = []
    for section in questionnaire.sections:
        on_path = [question for question in section.questions if question.code in codes]
        is_open = any(question.is_required and question.code not in answers for question in on_path)
        if any(question.code == current for question in on_path):
            state = StepState.NOW
        else:
            state = StepState.COMING if is_open else StepState.DONE
        if on_path:
            steps.append(Step(section.code, section.title[language], section.dimension, state))
    return tuple(steps)


def dont_know_key(question: Question) -> str:
    """The key for "does not know"; empty where that is no answer, or where digits are typed as the answer."""
    if not question.wants_answer or question.kind in {Kind.CONSENT, *TYPED}:
        return ""
    return DONT_KNOW_KEY_BESIDE_ZERO if question.kind is Kind.RECOMMEND else DONT_KNOW_KEY


def refused_key(question: Question) -> str:
    """The key for "did not answer"; empty where that is no answer, or where letters are typed as the answer."""
    if not question.wants_answer or question.kind in {Kind.CONSENT, *TYPED}:
        return ""
    return REFUSED_KEY


def _toman(rial: int, language: str) -> str:
    grouped = f"{rial // RIAL_PER_TOMAN:,}"
    return grouped.replace(",", "٬") if language == "fa" else grouped


def _key(kind: Kind, place: int, value: str | int) -> str:
    if kind is Kind.RECOMMEND:
        return TEN_KEY if value == RECOMMEND_TOP else str(value)
    return str(place) if place <= MOST_DIGIT_KEYS else ""


def _rating(question: Question, language: str, _placeholders: Mapping[str, Any]) -> list[tuple[str | int, str]]:
    return list(zip(range(1, RATING_TOP + 1), question.labels[language], strict=True))


def _scale(lowest: int, highest: int) -> Callable[..., list[tuple[str | int, str]]]:
    return lambda *_: [(step, str(step)) for step in range(lowest, highest + 1)]


def _yes_no(_question: Question, language: str, _placeholders: Mapping[str, Any]) -> list[tuple[str | int, str]]:
    return list(zip((YES, NO), YES_NO_WORDS.get(language, YES_NO_WORDS["en"]), strict=True))


def _listed(question: Question, language: str, placeholders: Mapping[str, Any]) -> list[tuple[str | int, str]]:
    return [(choice.code, words(choice.text, language, placeholders)) for choice in question.choices]


_PAIRS: dict[Kind, Callable[[Question, str, Mapping[str, Any]], list[tuple[str | int, str]]]] = {
    Kind.CONSENT: _yes_no,
    Kind.YES_NO: _yes_no,
    Kind.RATING: _rating,
    Kind.RECOMMEND: _scale(0, RECOMMEND_TOP),
    Kind.EFFORT: _scale(1, EFFORT_TOP),
    Kind.CHOICE_ONE: _listed,
    Kind.CHOICE_MANY: _listed,
}
