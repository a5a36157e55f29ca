"""The way through a questionnaire that the answers so far make: what was asked, what comes next, how far it is.

Pure: the same questionnaire and answers give the same path. Rules look back only, so one walk finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import NO
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import holds

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire


@dataclass(frozen=True)
class Given:
    """An answer: `value` is None when the member did not know or refused. `is_answered` is false for a refusal."""

    value: Any = None
    is_answered: bool = True


def path_of(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> tuple[str, ...]:
    """The codes of the questions on the path, in order. A refused consent ends it there.

    An answer to a question off the path is not seen by the rules.
    """
    path: list[str] = []
    values: dict[str, Any] = {}
    for question in questionnaire.questions:
        if not holds(question.when, values):
            continue
        path.append(question.code)
        given = answers.get(question.code)
        if given is not None and given.value is not None:
            values[question.code] = given.value
        if _refuses_consent(question, given):
            break
    return tuple(path)


def is_refused(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> bool:
    """Whether the member said no to being interviewed."""
    last = questionnaire.by_code[path_of(questionnaire, answers)[-1]]
    return _refuses_consent(last, answers.get(last.code))


def next_unanswered(
    questionnaire: Questionnaire, answers: Mapping[str, Given], *, after: str | None = None
) -> str | None:
    """The question to ask next: the first on the path without an answer, beginning behind `after`.

    When nothing is left behind it, the first required one before it; then the last step, unless it has its answer.
    """
    path = path_of(questionnaire, answers)
    start = path.index(after) + 1 if after in path else 0
    behind = [code for code in path[start:-1] if code not in answers]
    last = [code for code in path[-1:] if code not in answers]
    return next(iter([*behind, *missing_required(questionnaire, answers), *last]), None)


def missing_required(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> tuple[str, ...]:
    """The questions on the path that must have an answer and have none."""
    return tuple(
        question.code
        for question in _asked(questionnaire, answers)
        if question.is_required and question.wants_answer and question.code not in answers
    )


def values_of(
    questionnaire: Questionnaire, answers: Mapping[str, Given], codes: Collection[str]
) -> dict[str, Any] | None:
    """The values of the answers to some questions, once all of these that the path leads to have been asked: else None.

    While a question before the last of them must still be answered, it may lead to another.
    """
    path, every = path_of(questionnaire, answers), [question.code for question in questionnaire.questions]
    until_last = every[: max(every.index(code) for code in codes) + 1]
    is_open = any(code in path and code not in answers for code in codes)
    if is_open or set(until_last) & set(missing_required(questionnaire, answers)):
        return None
    return {code: answers[code].value for code in codes if code in path}


def is_complete(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> bool:
    """Whether the path is gone to its end: consented, and every required question answered, not known or refused."""
    return not is_refused(questionnaire, answers) and not missing_required(questionnaire, answers)


def is_enough(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> bool:
    """Whether so much was answered that the interview counts as complete although it ends before its last question."""
    percent = questionnaire.complete_from
    return percent is not None and not is_refused(questionnaire, answers) and _reaches(percent, questionnaire, answers)


def is_partial(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> bool:
    """Whether an interview that ends before its last question is partial; else it is a break-off."""
    return _reaches(questionnaire.partial_from, questionnaire, answers)


def share_answered(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> float:
    """The share (0 to 1) of the path's questions that have an answer; "does not know" is one, a refusal is none.

    Consent and what is only read out are no questions of the survey. 0 when there are none.
    """
    answered, asked = _counts(questionnaire, answers)
    return answered / asked if asked else 0.0


def _reaches(percent: int, questionnaire: Questionnaire, answers: Mapping[str, Given]) -> bool:
    answered, asked = _counts(questionnaire, answers)
    # In whole numbers: 29 of 100 are 29 per cent, in floating point a little less.
    return bool(asked) and 100 * answered >= percent * asked


def _counts(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> tuple[int, int]:
    """How many of the path's questions have an answer, and how many there are."""
    codes = [
        question.code
        for question in _asked(questionnaire, answers)
        if question.wants_answer and question.kind is not Kind.CONSENT
    ]
    return sum(code in answers and answers[code].is_answered for code in codes), len(codes)


def _asked(questionnaire: Questionnaire, answers: Mapping[str, Given]) -> list[Question]:
    return [questionnaire.by_code[code] for code in path_of(questionnaire, answers)]


def _refuses_consent(question: Question, given: Given | None) -> bool:
    return question.kind is Kind.CONSENT and given is not None and given.value == NO
