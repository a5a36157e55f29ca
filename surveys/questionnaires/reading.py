"""Questionnaires from and to plain JSON data. What is malformed is named with its place and its mend."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from surveys.questionnaires.checking import problems_of
from surveys.questionnaires.document import PARTIAL_FROM
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section
from surveys.questionnaires.errors import QuestionnaireError
from surveys.questionnaires.rules import Condition
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule
from surveys.questionnaires.rules import is_day

if TYPE_CHECKING:
    from collections.abc import Mapping

_Kinds = TypeVar("_Kinds", bound=StrEnum)

# Every key that came after the first release may be missing: what was published then is read for ever.
_KNOWN_KEYS = {
    "questionnaire": {"title", "languages", "partial_from", "complete_from", "sections"},
    "section": {"code", "dimension", "title", "shuffled", "questions"},
    "question": {
        "code", "kind", "text", "hint", "probes", "required", "choices", "shuffled", "labels", "minimum", "maximum",
        "earliest", "latest", "word_limit", "message", "when",
    },
    "choice": {"code", "text", "exclusive", "fixed"},
    "condition": {"question", "is", "value"},
}  # fmt: skip


def from_dict(data: Any) -> Questionnaire:
    """The questionnaire in `data` (plain JSON values). Raises QuestionnaireError naming every problem."""
    questionnaire = unfinished(data)
    problems = problems_of(questionnaire)
    if problems:
        raise QuestionnaireError(problems)
    return questionnaire


def unfinished(data: Any) -> Questionnaire:
    """The questionnaire in `data`, which may still lack what it needs to be asked.

    Raises QuestionnaireError when it has not even the shape of one.
    """
    document = _mapping(data, "the document", "questionnaire")
    return Questionnaire(
        title=_texts(document.get("title"), "title"),
        languages=tuple(_text(language, "languages") for language in _items(document.get("languages"), "languages")),
        sections=tuple(
            _section(section, f"section {number}")
            for number, section in enumerate(_items(document.get("sections"), "sections"), 1)
        ),
        partial_from=_bound(document.get("partial_from", PARTIAL_FROM), "partial_from") or 0,
        complete_from=_bound(document.get("complete_from"), "complete_from"),
    )


def _section(data: Any, place: str) -> Section:
    section = _mapping(data, place, "section")
    code = _text(section.get("code"), f"{place}, code")
    return Section(
        code=code,
        title=_texts(section.get("title"), f"section {code!r}, title"),
        questions=tuple(
            _question(question, f"section {code!r}, question {number}")
            for number, question in enumerate(_items(section.get("questions"), f"section {code!r}, questions"), 1)
        ),
        dimension=None
        if section.get("dimension") is None
        else _member(Dimension, section["dimension"], f"section {code!r}, dimension"),
        is_shuffled=_yes_or_no(section.get("shuffled", False), f"section {code!r}, shuffled"),
    )


def _question(data: Any, place: str) -> Question:
    question = _mapping(data, place, "question")
    code = _text(question.get("code"), f"{place}, code")
    place = f"question {code!r}"
    return Question(
        code=code,
        kind=_member(Kind, question.get("kind"), f"{place}, kind"),
        text=_texts(question.get("text"), f"{place}, text"),
        hint=_texts(question.get("hint", {}), f"{place}, hint"),
        probes=tuple(
            _texts(probe, f"{place}, probes") for probe in _items(question.get("probes", []), f"{place}, probes")
        ),
        is_required=_yes_or_no(question.get("required", True), f"{place}, required"),
        choices=tuple(
            _choice(choice, f"{place}, choices") for choice in _items(question.get("choices", []), f"{place}, choices")
        ),
        is_shuffled=_yes_or_no(question.get("shuffled", False), f"{place}, shuffled"),
        labels=_labels(question.get("labels", {}), f"{place}, labels"),
        minimum=_bound(question.get("minimum"), f"{place}, minimum"),
        maximum=_bound(question.get("maximum"), f"{place}, maximum"),
        earliest=_day(question.get("earliest"), f"{place}, earliest"),
        latest=_day(question.get("latest"), f"{place}, latest"),
        word_limit=_bound(question.get("word_limit"), f"{place}, word_limit"),
        message=_texts(question.get("message", {}), f"{place}, message"),
        when=None if question.get("when") is None else _rule(question["when"], f"{place}, when"),
    )


def _choice(data: Any, place: str) -> Choice:
    choice = _mapping(data, place, "choice")
    return Choice(
        code=_text(choice.get("code"), f"{place}, code"),
        text=_texts(choice.get("text"), f"{place}, text"),
        is_exclusive=_yes_or_no(choice.get("exclusive", False), f"{place}, exclusive"),
        is_fixed=_yes_or_no(choice.get("fixed", False), f"{place}, fixed"),
    )


def _labels(data: Any, place: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(data, dict):
        raise QuestionnaireError([f'{place}: write a list of words for each language, {{"en": ["…"]}}'])
    return {language: tuple(_word(word, place) for word in _items(words, place)) for language, words in data.items()}


def _word(data: Any, place: str) -> str:
    """A word that may still be missing, while the others already have their places."""
    if not isinstance(data, str):
        raise QuestionnaireError([f"{place}: write words"])
    return data.strip()


def _rule(data: Any, place: str) -> Rule:
    if not isinstance(data, dict) or len(data) != 1 or next(iter(data)) not in set(Every):
        raise QuestionnaireError([f'{place}: write {{"all": [conditions]}} or {{"any": [conditions]}}'])
    every, conditions = next(iter(data.items()))
    return Rule(Every(every), tuple(_condition(condition, place) for condition in _items(conditions, place)))


def _condition(data: Any, place: str) -> Condition:
    condition = _mapping(data, place, "condition")
    return Condition(
        question=_text(condition.get("question"), f"{place}, question"),
        operator=_text(condition.get("is"), f"{place}, is"),
        value=condition.get("value"),
    )


def _mapping(data: Any, place: str, of: str) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise QuestionnaireError([f"{place}: write an object with {', '.join(sorted(_KNOWN_KEYS[of]))}"])
    unknown = sorted(set(data) - _KNOWN_KEYS[of])
    if unknown:
        raise QuestionnaireError(
            [f"{place}: {unknown[0]!r} is unknown; a {of} has {', '.join(sorted(_KNOWN_KEYS[of]))}"]
        )
    return data


def _items(data: Any, place: str) -> list[Any]:
    if not isinstance(data, list):
        raise QuestionnaireError([f"{place}: write a list"])
    return data


def _text(data: Any, place: str) -> str:
    if not isinstance(data, str) or not data.strip():
        raise QuestionnaireError([f"{place}: write a text that is not empty"])
    return data


def _texts(data: Any, place: str) -> dict[str, str]:
    if not isinstance(data, dict):
        raise QuestionnaireError([f'{place}: write a text for each language, {{"fa": "…", "en": "…"}}'])
    return {language: _text(text, f"{place} in {language}") for language, text in data.items()}


def _member(kinds: type[_Kinds], data: Any, place: str) -> _Kinds:
    if data not in list(kinds):
        raise QuestionnaireError([f"{place}: {data!r} is unknown; use one of {', '.join(kinds)}"])
    return kinds(data)


def _yes_or_no(data: Any, place: str) -> bool:
    if not isinstance(data, bool):
        raise QuestionnaireError([f"{place}: write true or false"])
    return data


def _bound(data: Any, place: str) -> int | None:
    if data is not None and (isinstance(data, bool) or not isinstance(data, int)):
        raise QuestionnaireError([f"{place}: write a whole number"])
    return data


def _day(data: Any, place: str) -> str | None:
    if data is not None and data != TODAY and not (isinstance(data, str) and is_day(data)):
        raise QuestionnaireError([f"{place}: write a day as 2025-11-21, or {TODAY!r}"])
    return None if data is None else str(data)
