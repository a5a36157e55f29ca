"""A question as its form sends it. What cannot be taken is told by field; the rest is kept. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from config.text import clean_text
from config.text import to_ascii_digits
from surveys.authoring import conditions
from surveys.authoring import starting
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

LONGEST_TEXT = 2000
LONGEST_LABEL = 120
LONGEST_TITLE = 200
MOST_CHOICES = 60
MOST_DIGITS = 9


def question_from(
    form: MultiDict[str, str], question: Question, questionnaire: Questionnaire
) -> tuple[Question, dict[str, str]]:
    """The question with what the form says, and the fields that could not be taken with what was typed there."""
    languages = questionnaire.languages
    kind = Kind(form["kind"]) if form.get("kind") in list(Kind) else question.kind
    changed = replace(
        question,
        kind=kind,
        text=texts(form, "text", languages, LONGEST_TEXT),
        hint=texts(form, "hint", languages, LONGEST_TEXT),
        is_required=form.get("is_required") == "1",
        choices=_choices(form, question, languages),
        labels=_labels(form, question, languages),
        when=_rule(form, question, questionnaire),
    )
    bounds = {field: form[field] for field in ("minimum", "maximum") if field in form}
    wrong = {field: typed for field, typed in bounds.items() if typed.strip() and whole_number(typed) is None}
    if "minimum" in bounds and "minimum" not in wrong:
        changed = replace(changed, minimum=whole_number(bounds["minimum"]))
    if "maximum" in bounds and "maximum" not in wrong:
        changed = replace(changed, maximum=whole_number(bounds["maximum"]))
    return starting.shaped(changed, languages), wrong


def texts(form: MultiDict[str, str], name: str, languages: Iterable[str], longest: int) -> dict[str, str]:
    """The words in each language that has some."""
    typed = {code: clean_text(form.get(f"{name}-{code}", ""))[:longest] for code in languages}
    return {code: words for code, words in typed.items() if words}


def dimension_from(form: MultiDict[str, str]) -> Dimension | None:
    """What a section is about, or None."""
    return Dimension(form["dimension"]) if form.get("dimension") in list(Dimension) else None


def with_thresholds(form: MultiDict[str, str], questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the shares from which an early end is partial or complete, where the form says them."""
    partial = whole_number(form.get("partial_from", ""))
    complete = whole_number(form["complete_from"]) if "complete_from" in form else questionnaire.complete_from
    return replace(questionnaire, partial_from=partial or questionnaire.partial_from, complete_from=complete)


def whole_number(typed: str) -> int | None:
    """The number, in any digits; None for anything else."""
    text = to_ascii_digits(typed).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None


def _choices(form: MultiDict[str, str], question: Question, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """Each choice of the form, in its order; a new one without words is none yet."""
    if "choice" not in form:
        return question.choices
    known = {choice.code: choice for choice in question.choices}
    choices = []
    for code in dict.fromkeys(form.getlist("choice")):
        words = texts(form, f"choice-{code}", languages, LONGEST_LABEL)
        if words or code in known:
            choices.append(replace(known.get(code, Choice(code, {})), text=words))
    return tuple(choices[:MOST_CHOICES])


def _labels(form: MultiDict[str, str], question: Question, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    typed = {code: [clean_text(word)[:LONGEST_LABEL] for word in form.getlist(f"label-{code}")] for code in languages}
    if not any(typed.values()):
        return dict(question.labels)
    return {code: tuple(words) for code, words in typed.items() if words}


def _rule(form: MultiDict[str, str], question: Question, questionnaire: Questionnaire) -> Rule | None:
    if "when" not in form and not form.get("new-condition"):
        return None if "rule" in form else question.when
    every = Every.ANY if form.get("every") == Every.ANY else Every.ALL
    rows = [conditions.from_form(form, row, questionnaire) for row in form.getlist("when")]
    if form.get("new-condition"):
        rows.append(conditions.first(form["new-condition"], questionnaire))
    kept = tuple(condition for condition in rows if condition is not None)
    return Rule(every, kept) if kept else None
