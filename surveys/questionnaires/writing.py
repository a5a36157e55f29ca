"""Questionnaires to plain JSON data; reading it back gives the same questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import PARTIAL_FROM

if TYPE_CHECKING:
    from surveys.questionnaires.document import Choice
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.document import Section
    from surveys.questionnaires.rules import Rule


def for_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as plain values that JSON can hold."""
    return {
        "title": dict(questionnaire.title),
        "languages": list(questionnaire.languages),
        **({} if questionnaire.partial_from == PARTIAL_FROM else {"partial_from": questionnaire.partial_from}),
        **({} if questionnaire.complete_from is None else {"complete_from": questionnaire.complete_from}),
        "sections": [_section(section) for section in questionnaire.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "dimension": section.dimension.value if section.dimension else None,
        "title": dict(section.title),
        **({"shuffled": True} if section.is_shuffled else {}),
        "questions": [_question(question) for question in section.questions],
    }


def _question(question: Question) -> dict[str, Any]:
    optional = {
        "hint": dict(question.hint),
        "probes": [dict(probe) for probe in question.probes],
        "choices": [_choice(choice) for choice in question.choices],
        "shuffled": question.is_shuffled or None,
        "labels": {language: list(words) for language, words in question.labels.items()},
        "minimum": question.minimum,
        "maximum": question.maximum,
        "earliest": question.earliest,
        "latest": question.latest,
        "word_limit": question.word_limit,
        "message": dict(question.message),
        "when": _rule(question.when) if question.when else None,
    }
    kept = {key: value for key, value in optional.items() if value not in (None, {}, [])}
    return {
        "code": question.code,
        "kind": question.kind.value,
        "text": dict(question.text),
        "required": question.is_required,
        **kept,
    }


def _choice(choice: Choice) -> dict[str, Any]:
    marks = {"exclusive": choice.is_exclusive, "fixed": choice.is_fixed}
    return {"code": choice.code, "text": dict(choice.text), **{name: True for name, is_set in marks.items() if is_set}}


def _rule(rule: Rule) -> dict[str, Any]:
    conditions = [
        {"question": condition.question, "is": condition.operator}
        | ({} if condition.value is None else {"value": condition.value})
        for condition in rule.conditions
    ]
    return {rule.every.value: conditions}
