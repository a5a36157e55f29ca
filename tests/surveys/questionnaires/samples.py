"""Questionnaires for tests, small enough to be read."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from surveys.questionnaires.reading import from_dict

LABELS = {"fa": ["یک", "دو", "سه", "چهار", "پنج"], "en": ["one", "two", "three", "four", "five"]}


def texts(word: str) -> dict[str, str]:
    return {"fa": f"{word} به فارسی", "en": f"{word} in English"}


def question(code: str, kind: str, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"code": code, "kind": kind, "text": texts(code), **fields}
    if kind == "rating":
        values.setdefault("labels", LABELS)
    return values


def section(code: str, *questions: dict[str, Any], dimension: str | None = None) -> dict[str, Any]:
    return {"code": code, "dimension": dimension, "title": texts(code), "questions": list(questions)}


def document(*sections: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"title": texts("title"), "languages": ["fa", "en"], "sections": list(sections), **fields}


def when(question_code: str, operator: str, value: Any = None) -> dict[str, Any]:
    condition = {"question": question_code, "is": operator}
    return {"all": [condition if value is None else {**condition, "value": value}]}


SHORT = document(
    section("opening", question("hello", "introduction"), question("consent", "consent")),
    section("price", question("price_1", "rating"), question("price_2", "rating"), dimension="price"),
    section("service", question("staff", "rating"), dimension="service"),
    section(
        "overall",
        question("overall", "rating"),
        question("wrong", "open_text", when=when("overall", "<=", 2)),
        question("word", "open_text", required=False),
        dimension="overall",
    ),
    section("closing", question("thanks", "closing")),
)


def short(**changes: dict[str, Any]) -> dict[str, Any]:
    """The short document with fields of questions changed, by code."""
    changed = deepcopy(SHORT)
    for part in changed["sections"]:
        for one in part["questions"]:
            one.update(changes.get(one["code"], {}))
    return changed


def short_questionnaire():
    return from_dict(SHORT)
