"""One walk through a survey, as its page carries it from step to step: the answers, where it stands, the language.

The steps are those of a real interview; nothing of it is kept anywhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from surveys.interviews import answers
from surveys.interviews import queries as interviews
from surveys.interviews import screens
from surveys.interviews.loading import Interview
from surveys.interviews.loading import Said
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import is_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

LONGEST = 200_000


@dataclass(frozen=True)
class Walk:
    """Where a walk stands. `said` are the answers by the codes of their questions."""

    language: str
    cursor: str | None = None
    said: Mapping[str, Said] = field(default_factory=dict)

    def for_page(self) -> str:
        """The walk as the page carries it."""
        said = {code: [one.status, one.value] for code, one in self.said.items()}
        return json.dumps({"language": self.language, "cursor": self.cursor, "said": said}, ensure_ascii=False)


def from_page(text: str, questionnaire: Questionnaire, language: str) -> Walk:
    """The walk that a page carried; a new one in `language` when it cannot be read."""
    try:
        data = json.loads(text) if len(text) <= LONGEST else {}
        said = {code: Said(AnswerStatus(status), value) for code, (status, value) in data["said"].items()}
        cursor = data["cursor"] if isinstance(data["cursor"], str) else None
        walk = Walk(questionnaire.language_for(str(data["language"])), cursor)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Walk(questionnaire.language_for(language))
    return replace(walk, said={code: one for code, one in said.items() if _fits(questionnaire.by_code.get(code), one)})


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


def screen_of(questionnaire: Questionnaire, walk: Walk, placeholders: dict[str, Any]) -> screens.Screen:
    """What the operator would see. The questionnaire has at least one question."""
    return interviews.screen_of(_interview(questionnaire, walk, placeholders))


def act(questionnaire: Questionnaire, walk: Walk, do: str, form: Mapping[str, str], *, today: date) -> Walk:
    """The walk after a button of the desk was pressed. Raises InvalidAnswerError."""
    interview = _interview(questionnaire, walk, {})
    code, codes = interview.current, interview.path
    place = codes.index(code)
    if do in {"answer", "choose"}:
        give = _answered if do == "answer" else _chosen
        return give(questionnaire, walk, code, form, today)
    if do.startswith("speak/"):
        return replace(walk, language=questionnaire.language_for(do.removeprefix("speak/")))
    if do == "next":
        return _gone_on(interview, walk)
    cursors = {"back": codes[max(0, place - 1)], "go-to": form.get("question")}
    return replace(walk, cursor=cursors[do]) if cursors.get(do) in codes else walk


def _interview(questionnaire: Questionnaire, walk: Walk, placeholders: dict[str, Any]) -> Interview:
    response = Response(
        id=0, language=walk.language, placeholders=placeholders, state=ResponseState.STARTED, cursor=walk.cursor
    )
    return Interview(response, questionnaire, dict(walk.said))


def _answered(questionnaire: Questionnaire, walk: Walk, code: str, form: Mapping[str, str], today: date) -> Walk:
    status = form.get("status", AnswerStatus.ANSWERED)
    given = AnswerStatus(status) if status in set(AnswerStatus) else AnswerStatus.ANSWERED
    value = form.get("value") if given is AnswerStatus.ANSWERED else None
    accepted = answers.accept(questionnaire.by_code[code], given, value, today=today)
    return replace(walk, cursor=code, said={**walk.said, code: Said(accepted.status, accepted.value)})


def _chosen(questionnaire: Questionnaire, walk: Walk, code: str, form: Mapping[str, str], today: date) -> Walk:
    chosen = screens.with_pressed(form.get("value", ""), screen_of(questionnaire, walk, {}).choices)
    if not chosen:
        return replace(walk, cursor=code, said={one: said for one, said in walk.said.items() if one != code})
    accepted = answers.accept(questionnaire.by_code[code], AnswerStatus.ANSWERED, sorted(chosen), today=today)
    return replace(walk, cursor=code, said={**walk.said, code: Said(accepted.status, accepted.value)})


def _gone_on(interview: Interview, walk: Walk) -> Walk:
    code, codes = interview.current, interview.path
    question = interview.question(code)
    is_open = code not in interview.rows
    if code == codes[-1] or (is_open and question.wants_answer and question.is_required):
        return walk
    said = walk.said
    if is_open and not question.wants_answer:
        said = {**said, code: Said(AnswerStatus.ANSWERED, True)}
    return replace(walk, cursor=codes[codes.index(code) + 1], said=said)
