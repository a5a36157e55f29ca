"""A questionnaire as a value: sections, questions, choices and rules, with texts in each language."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from surveys.questionnaires import shuffling

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.questionnaires.rules import Rule

RATING_TOP = 5
RECOMMEND_TOP = 10
EFFORT_TOP = 7
# Per cent, AAPOR's example (Standard Definitions, 10th ed., 2023). Its other one, complete from 80 %, is for whoever
# asks for it: a complete interview earns credit.
PARTIAL_FROM = 50
# The bound of a date that moves: the day of the interview.
TODAY = "today"
YES = "yes"
NO = "no"


class Kind(StrEnum):
    """What a question asks for. The first two and the last are read out and want no answer."""

    INTRODUCTION = "introduction"
    INSTRUCTION = "instruction"
    CONSENT = "consent"
    RATING = "rating"
    RECOMMEND = "recommend"
    EFFORT = "effort"
    YES_NO = "yes_no"
    CHOICE_ONE = "choice_one"
    CHOICE_MANY = "choice_many"
    OPEN_TEXT = "open_text"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"
    CLOSING = "closing"


READ_OUT = frozenset({Kind.INTRODUCTION, Kind.INSTRUCTION, Kind.CLOSING})
WITH_CHOICES = frozenset({Kind.CHOICE_ONE, Kind.CHOICE_MANY})
# How many words a scale has for its steps, lowest first: all of them, or one for each end.
LABELS = {Kind.RATING: RATING_TOP, Kind.EFFORT: 2}


class Dimension(StrEnum):
    """What a section is about, for the counts."""

    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    OVERALL = "overall"


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from.

    `is_exclusive`: it is chosen alone ("none of these"). `is_fixed`: it keeps its place in a random order ("other");
    so does an exclusive one.
    """

    code: str
    text: Mapping[str, str]
    is_exclusive: bool = False
    is_fixed: bool = False


@dataclass(frozen=True)
class Question:
    """One step of the conversation.

    `text` is read aloud; `hint` is a note for the operator's eyes, and `probes` are what the operator may ask when the
    answer is not clear. `is_required`: the interview is not complete without an answer (which may be "does not know"
    or "refused"). `is_shuffled`: the choices come in an order of each interview's own. `labels` are the words of a
    scale by language, lowest first: each step of a rating, the two ends of an effort. `minimum` and `maximum` bound a
    number, or an amount in rial; `earliest` and `latest` a date, each an ISO day or TODAY. `word_limit` bounds an open
    text. `message` is what the operator sees when an answer is not taken. `when` is None for a question that is always
    asked.
    """

    code: str
    kind: Kind
    text: Mapping[str, str]
    hint: Mapping[str, str] = field(default_factory=dict)
    probes: tuple[Mapping[str, str], ...] = ()
    is_required: bool = True
    choices: tuple[Choice, ...] = ()
    is_shuffled: bool = False
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    earliest: str | None = None
    latest: str | None = None
    word_limit: int | None = None
    message: Mapping[str, str] = field(default_factory=dict)
    when: Rule | None = None

    @property
    def wants_answer(self) -> bool:
        """Whether the member is asked for something; the other steps are only read out."""
        return self.kind not in READ_OUT

    def arranged(self, seed: int) -> Question:
        """The question with its choices in the order of one interview."""
        if not self.is_shuffled:
            return self
        stays = frozenset(choice.code for choice in self.choices if choice.is_fixed or choice.is_exclusive)
        return replace(self, choices=shuffling.in_order_of(seed, self.choices, stays))


@dataclass(frozen=True)
class Section:
    """Questions that belong together, about one dimension or none.

    `is_shuffled`: they are asked in an order of each interview's own; what is only read out keeps its place.
    """

    code: str
    title: Mapping[str, str]
    questions: tuple[Question, ...]
    dimension: Dimension | None = None
    is_shuffled: bool = False

    def arranged(self, seed: int) -> Section:
        """The section in the order of one interview."""
        questions = tuple(question.arranged(seed) for question in self.questions)
        if self.is_shuffled:
            stays = frozenset(question.code for question in questions if not question.wants_answer)
            questions = shuffling.in_order_of(seed, questions, stays)
        return replace(self, questions=questions)


@dataclass(frozen=True)
class Questionnaire:
    """A whole survey, in all its `languages` (the first one is the default).

    An interview that ends before the last question is partial from `partial_from` per cent of its questions answered,
    else a break-off; from `complete_from` per cent it counts as complete, with None never.
    """

    title: Mapping[str, str]
    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    partial_from: int = PARTIAL_FROM
    complete_from: int | None = None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of asking."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def by_code(self) -> Mapping[str, Question]:
        """The questions by their code."""
        return {question.code: question for question in self.questions}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        """The section of each question, by the question's code."""
        return {question.code: section for section in self.sections for question in section.questions}

    def language_for(self, wanted: str) -> str:
        """The language to speak with whom `wanted` would suit: that one if it is offered, else the default."""
        return wanted if wanted in self.languages else self.languages[0]

    @cached_property
    def is_shuffled(self) -> bool:
        """Whether anything in it comes in a random order."""
        return any(section.is_shuffled for section in self.sections) or any(
            question.is_shuffled for question in self.questions
        )

    def arranged(self, seed: int | None) -> Questionnaire:
        """The questionnaire as the interview with that seed asks it; as it was written without one."""
        if seed is None or not self.is_shuffled:
            return self
        return replace(self, sections=tuple(section.arranged(seed) for section in self.sections))
