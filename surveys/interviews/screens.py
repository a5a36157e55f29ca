"""What the operator sees of an interview: one step, its texts filled in, its answers with their keys. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

from surveys.interviews import path
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

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

REFUSED_KEY = "r"
DONT_KNOW_KEY = "0"
# Where 0 is an answer itself, as on the scale from 0 to 10.
DONT_KNOW_KEY_BESIDE_ZERO = "d"
# On the keyboard - follows 0, as 10 follows 9.
TEN_KEY = "-"
MOST_DIGIT_KEYS = 9
YES_NO_WORDS = {"fa": ("بله", "خیر"), "en": ("Yes", "No")}


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
    """One answer to choose. `key` is the key that gives it, empty where there is none left."""

    value: str | int
    label: str
    key: str
    is_chosen: bool


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

    `text` is read aloud, `hint` is for the operator. `position` of `count` counts the steps of the path as it is now.
    `dont_know_key` and `refused_key` are empty where these are no answers. `is_last`: from here the interview is
    completed. `can_complete`: nothing required is missing. `is_refused`: the member said no to the interview.
    `said` are the answers so far.
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
    choices: tuple[ScreenChoice, ...]
    answer: CurrentAnswer | None
    wants_answer: bool
    is_required: bool
    minimum: int | None
    maximum: int | None
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


def said(questionnaire: Questionnaire, code: str, answer: CurrentAnswer, language: str) -> Said:
    """An answer in short words."""
    question, section = questionnaire.by_code[code], questionnaire.section_of[code]
    chosen = [choice.label for choice in choices_of(question, language, answer) if choice.is_chosen]
    is_scored = question.kind in {Kind.RATING, Kind.RECOMMEND} or not chosen
    value = "" if answer.value is None else str(answer.value)
    words_of_answer = value if is_scored else ("، " if language == "fa" else ", ").join(chosen)
    return Said(code, section.title[language], section.dimension, answer.status, words_of_answer)


def choices_of(question: Question, language: str, answer: CurrentAnswer | None) -> tuple[ScreenChoice, ...]:
    """The answers to choose from, with their keys; none for texts and numbers."""
    pairs = _PAIRS[question.kind](question, language) if question.kind in _PAIRS else []
    keys = [_key(question.kind, place, value) for place, (value, _label) in enumerate(pairs, 1)]
    chosen = answer.value if answer is not None else None
    return tuple(
        ScreenChoice(value, label, key, value in chosen if isinstance(chosen, list) else value == chosen)
        for (value, label), key in zip(pairs, keys, strict=True)
    )


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
    if not question.wants_answer or question.kind in {Kind.CONSENT, Kind.OPEN_TEXT, Kind.NUMBER}:
        return ""
    return DONT_KNOW_KEY_BESIDE_ZERO if question.kind is Kind.RECOMMEND else DONT_KNOW_KEY


def refused_key(question: Question) -> str:
    """The key for "did not answer"; empty where that is no answer, or where letters are typed as the answer."""
    if not question.wants_answer or question.kind in {Kind.CONSENT, Kind.OPEN_TEXT, Kind.NUMBER}:
        return ""
    return REFUSED_KEY


def _key(kind: Kind, place: int, value: str | int) -> str:
    if kind is Kind.RECOMMEND:
        return TEN_KEY if value == RECOMMEND_TOP else str(value)
    return str(place) if place <= MOST_DIGIT_KEYS else ""


def _rating(question: Question, language: str) -> list[tuple[str | int, str]]:
    return list(zip(range(1, RATING_TOP + 1), question.labels[language], strict=True))


def _recommend(_question: Question, _language: str) -> list[tuple[str | int, str]]:
    return [(score, str(score)) for score in range(RECOMMEND_TOP + 1)]


def _yes_no(_question: Question, language: str) -> list[tuple[str | int, str]]:
    return list(zip((YES, NO), YES_NO_WORDS.get(language, YES_NO_WORDS["en"]), strict=True))


def _listed(question: Question, language: str) -> list[tuple[str | int, str]]:
    return [(choice.code, choice.text[language]) for choice in question.choices]


_PAIRS: dict[Kind, Callable[[Question, str], list[tuple[str | int, str]]]] = {
    Kind.CONSENT: _yes_no,
    Kind.YES_NO: _yes_no,
    Kind.RATING: _rating,
    Kind.RECOMMEND: _recommend,
    Kind.CHOICE_ONE: _listed,
    Kind.CHOICE_MANY: _listed,
}
