"""A survey as operators read it before they call: what is read aloud and what is for their eyes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from surveys.interviews import screens
from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Line:
    """A question: `text` is read aloud, `hint` is not; `choices` are the answers in their order."""

    text: str
    hint: str
    choices: Sequence[str]
    is_always_asked: bool


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    title: str
    lines: Sequence[Line]


def parts_of(questionnaire: Questionnaire, language: str, values: Mapping[str, Any]) -> list[Part]:
    """The survey in one of its languages, with these values in its texts."""
    return [
        Part(
            section.title.get(language, ""),
            [
                Line(
                    screens.words(question.text, language, values),
                    screens.words(question.hint, language, values),
                    [choice.label for choice in screens.choices_of(question, language, None, values)],
                    question.when is None,
                )
                for question in section.questions
            ],
        )
        for section in questionnaire.sections
    ]
