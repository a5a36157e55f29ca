"""A questionnaire as a value: sections, questions, choices and rules, with texts in each language."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.questionnaires.rules import Rule

RATING_TOP = 5
RECOMMEND_TOP = 10
YES = "yes"
NO = "no"


class Kind(StrEnum):
    """What a question asks for. The first two and the last are read out and want no answer."""

    INTRODUCTION = "introduction"
    INSTRUCTION = "instruction"
    CONSENT = "consent"
    RATING = "rating"
    RECOMMEND = "recommend"
    YES_NO = "yes_no"
    CHOICE_ONE = "choice_one"
    CHOICE_MANY = "choice_many"
    OPEN_TEXT = "open_text"
    NUMBER = "number"
    CLOSING = "closing"


READ_OUT = frozenset({Kind.INTRODUCTION, Kind.INSTRUCTION, Kind.CLOSING})
WITH_CHOICES = frozenset({Kind.CHOICE_ONE, Kind.CHOICE_MANY})


class Dimension(StrEnum):
    """What a section is about, for the counts."""

    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    OVERALL = "overall"


@dataclass(frozen=True)
class Choice:
    """One of the answers to choose from."""

    code: str
    text: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One step of the conversation.

    `text` is read aloud, `hint` is for the operator's eyes. `is_required`: the interview is not complete without an
    answer (which may be "does not know" or "refused"). `labels` are the words of a rating, lowest first, by language.
    `minimum` and `maximum` bound a number. `when` is None for a question that is always asked.
    """

    code: str
    kind: Kind
    text: Mapping[str, str]
    hint: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = True
    choices: tuple[Choice, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None
    when: Rule | None = None

    @property
    def wants_answer(self) -> bool:
        """Whether the member is asked for something; the other steps are only read out."""
        return self.kind not in READ_OUT


@dataclass(frozen=True)
class Section:
    """Questions that belong together, about one dimension or none."""

    code: str
    title: Mapping[str, str]
    questions: tuple[Question, ...]
    dimension: Dimension | None = None


@dataclass(frozen=True)
class Questionnaire:
    """A whole survey, in all its `languages` (the first one is the default)."""

    title: Mapping[str, str]
    languages: tuple[str, ...]
    sections: tuple[Section, ...]

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
