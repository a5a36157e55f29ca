"""The map of the ways through a survey: each question with who comes there, and where its answers lead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveys.authoring.editing import looking_at
from surveys.authoring.reaching import never_asked
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from surveys.questionnaires.document import Dimension
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

# Deeper side ways are drawn beside this one.
DEEPEST = 3


@dataclass(frozen=True)
class Stop:
    """One question on the map. `depth`: 0 on the main way, 1 on a side way, 2 on a side way of that.

    `leads_to`: the questions whose rule looks at this one. `can_end`: an answer ends the interview here.
    """

    number: int
    question: Question
    section: str
    dimension: Dimension | None
    depth: int
    leads_to: tuple[Question, ...]
    is_reached: bool
    can_end: bool


@dataclass(frozen=True)
class Map:
    """All stops in their order; how many of them everybody hears, and how many one may hear at most."""

    stops: tuple[Stop, ...]
    always: int
    most: int


def map_of(questionnaire: Questionnaire) -> Map:
    """The map of a survey."""
    depths: dict[str, int] = {}
    unreached = set(never_asked(questionnaire))
    stops = []
    for number, question in enumerate(questionnaire.questions, 1):
        looked = [condition.question for condition in question.when.conditions] if question.when else []
        depths[question.code] = 1 + max(depths.get(code, 0) for code in looked) if looked else 0
        section = questionnaire.section_of[question.code]
        stops.append(
            Stop(
                number=number,
                question=question,
                section=section.code,
                dimension=section.dimension,
                depth=min(depths[question.code], DEEPEST),
                leads_to=tuple(looking_at(questionnaire, question.code)),
                is_reached=question.code not in unreached,
                can_end=question.kind is Kind.CONSENT,
            )
        )
    always = sum(1 for question in questionnaire.questions if question.when is None)
    return Map(tuple(stops), always, len(stops) - len(unreached))
