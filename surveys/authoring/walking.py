"""A walk through a survey, as its page carries it from step to step: a rehearsal of which nothing is kept anywhere."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from surveys.interviews import answers
from surveys.interviews.errors import AnswerNeededError
from surveys.interviews.errors import QuestionNotFoundError
from surveys.interviews.errors import QuestionOffPathError
from surveys.interviews.rehearsing import Rehearsal
from surveys.interviews.rehearsing import Said
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import is_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

LONGEST = 200_000


def begin(
    questionnaire: Questionnaire, language: str, placeholders: Mapping[str, Any], cursor: str | None = None
) -> Rehearsal:
    """A new walk; at `cursor`, where the way leads there."""
    return Rehearsal(0, questionnaire, questionnaire.language_for(language), placeholders, cursor=cursor)


def for_page(walk: Rehearsal) -> str:
    """The walk as the page carries it."""
    said = {code: [one.status, one.value] for code, one in walk.answers.items()}
    return json.dumps({"language": walk.language, "cursor": walk.cursor, "said": said}, ensure_ascii=False)


def from_page(text: str, new: Rehearsal) -> Rehearsal:
    """The walk that a page carried; the `new` one when it cannot be read."""
    questionnaire = new.questionnaire
    try:
        data = json.loads(text) if len(text) <= LONGEST else {}
        said = {code: Said(AnswerStatus(status), value) for code, (status, value) in data["said"].items()}
        cursor = data["cursor"] if isinstance(data["cursor"], str) else None
        language = questionnaire.language_for(str(data["language"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return new
    kept = {code: one for code, one in said.items() if _fits(questionnaire.by_code.get(code), one)}
    return replace(new, language=language, cursor=cursor, answers=kept)


def _fits(question: Question | None, said: Said) -> bool:
    """Whether this can stand as the answer: pages are written by others, too."""
    if question is None or said.status is not AnswerStatus.ANSWERED:
        return question is not None and said.value is None
    if question.kind is Kind.CHOICE_MANY:
        codes = [choice.code for choice in question.choices]
        return isinstance(said.value, list) and all(code in codes for code in said.value)
    if question.kind is Kind.DATE:
        return is_day(said.value)
    return isinstance(
        said.value, int if question.kind in {*answers.COUNTED, Kind.AMOUNT} or not question.wants_answer else str
    )


def act(walk: Rehearsal, do: str, form: Mapping[str, str], *, today: date) -> Rehearsal:
    """The walk after a button of the desk was pressed; as it was after one that leads nowhere.

    Raises InvalidAnswerError.
    """
    if do.startswith("speak/"):
        return replace(walk, language=walk.questionnaire.language_for(do.removeprefix("speak/")))
    acts: Mapping[str, Callable[[], Rehearsal]] = {
        "answer": lambda: _answered(walk, form, today),
        "choose": lambda: walk.press(walk.question.code, form.get("value", ""), today=today),
        "next": walk.go_on,
        "back": walk.go_back,
        "go-to": lambda: walk.go_to(form.get("question", "")),
    }
    with suppress(AnswerNeededError, QuestionNotFoundError, QuestionOffPathError):
        return acts.get(do, lambda: walk)()
    return walk


def _answered(walk: Rehearsal, form: Mapping[str, str], today: date) -> Rehearsal:
    status = form.get("status", AnswerStatus.ANSWERED)
    given = AnswerStatus(status) if status in set(AnswerStatus) else AnswerStatus.ANSWERED
    value = form.get("value") if given is AnswerStatus.ANSWERED else None
    return walk.answer(walk.question.code, given, value, today=today)
