"""The questions of a survey that can have quotas: one choice or a number, so that no answer is in two cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaires import queries as questionnaires
from surveys.questionnaires.document import EFFORT_TOP
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import RATING_TOP
from surveys.questionnaires.document import RECOMMEND_TOP
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.texts import plain

LOWEST = {Kind.RATING: 1, Kind.RECOMMEND: 0, Kind.EFFORT: 1}
HIGHEST = {Kind.RATING: RATING_TOP, Kind.RECOMMEND: RECOMMEND_TOP, Kind.EFFORT: EFFORT_TOP}
WITH_RANGES = frozenset({*HIGHEST, Kind.NUMBER})
WITH_PARTS = frozenset({Kind.CHOICE_ONE, Kind.YES_NO})


@dataclass(frozen=True)
class QuotaQuestion:
    """A question by its code, its text in each language without what a call fills in, and how it is divided.

    `choices` are its answers by code, each in every language ("yes" and "no" have no text of their own); without
    choices it is divided into ranges, from `lowest` to `highest` where there are such ends.
    """

    code: str
    text: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    lowest: int | None
    highest: int | None


def of_version(club_id: int, version_id: int) -> dict[str, QuotaQuestion]:
    """The questions of a version that can have quotas, by code, in the order of asking. Raises VersionNotFoundError."""
    asked = questionnaires.questionnaire_of(club_id, version_id).questions
    return {one.code: _question(one) for one in asked if one.kind in WITH_RANGES | WITH_PARTS}


def _question(question: Question) -> QuotaQuestion:
    choices = {choice.code: choice.text for choice in question.choices}
    return QuotaQuestion(
        code=question.code,
        text={language: plain(text) for language, text in question.text.items()},
        choices={YES: {}, NO: {}} if question.kind is Kind.YES_NO else choices,
        lowest=LOWEST.get(question.kind, question.minimum),
        highest=HIGHEST.get(question.kind, question.maximum),
    )
