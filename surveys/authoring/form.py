"""A question as its form sends it. What cannot be taken is told by field; the rest is kept. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

from config.text import clean_text
from surveys.authoring import conditions
from surveys.authoring import starting
from surveys.questionnaires.checking import is_code
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from werkzeug.datastructures import MultiDict

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

LONGEST_TEXT = 2000
LONGEST_LABEL = 120
LONGEST_TITLE = 200
MOST_CHOICES = 60
MOST_PROBES = 9
MOST_CONDITIONS = 20
# What one types for the day of the interview as the bound of a date.
_TODAY = {"today", "امروز"}


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
        probes=_probes(form, languages),
        is_required=form.get("is_required") == "1",
        choices=_choices(form, question, languages),
        is_shuffled=form.get("is_shuffled") == "1",
        labels=_labels(form, question, languages),
        message=texts(form, "message", languages, LONGEST_TEXT),
        when=_rule(form, question, questionnaire),
    )
    bounds, wrong = _bounds(form, changed)
    rule, left_out = _bounded(changed.when, question.when)
    if left_out:
        wrong["conditions"] = str(left_out)
    return starting.shaped(replace(changed, when=rule, **bounds), languages), wrong


def _bounds(form: MultiDict[str, str], question: Question) -> tuple[dict[str, Any], dict[str, str]]:
    """The limits that were typed and can be taken, and those that cannot."""
    taken: dict[str, Any] = {}
    wrong = {}
    for name, read in _LIMITS.items():
        # A form that was made for another kind of question has no such field.
        if name not in form:
            continue
        typed = form[name].strip()
        value = read(question, typed) if typed else None
        if typed and value is None:
            wrong[name] = typed
        else:
            taken[name] = value
    return taken, wrong


def _bound(question: Question, typed: str) -> int | None:
    value = conditions.typed_value(question, typed)
    return None if not isinstance(value, int) or (question.kind is Kind.AMOUNT and value < 0) else value


def _day(_question: Question, typed: str) -> str | None:
    return TODAY if typed.casefold() in _TODAY else conditions.day_typed(typed)


def _words(_question: Question, typed: str) -> int | None:
    number = conditions.whole_number(typed)
    return number if number is not None and number > 0 else None


# How each limit is read, by its field.
_LIMITS: dict[str, Callable[[Question, str], Any]] = {
    "minimum": _bound,
    "maximum": _bound,
    "earliest": _day,
    "latest": _day,
    "word_limit": _words,
}


def texts(form: MultiDict[str, str], name: str, languages: Iterable[str], longest: int) -> dict[str, str]:
    """The words in each language that has some."""
    typed = {code: clean_text(form.get(f"{name}-{code}", ""))[:longest] for code in languages}
    return {code: words for code, words in typed.items() if words}


def dimension_from(form: MultiDict[str, str]) -> Dimension | None:
    """What a section is about, or None."""
    return Dimension(form["dimension"]) if form.get("dimension") in list(Dimension) else None


def with_thresholds(form: MultiDict[str, str], questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with the shares from which an early end is partial or complete, where the form says them."""
    partial = conditions.whole_number(form.get("partial_from", ""))
    complete = (
        conditions.whole_number(form["complete_from"]) if "complete_from" in form else questionnaire.complete_from
    )
    return replace(questionnaire, partial_from=partial or questionnaire.partial_from, complete_from=complete)


def _probes(form: MultiDict[str, str], languages: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    probes = [texts(form, f"probe-{row}", languages, LONGEST_TEXT) for row in form.getlist("probe")]
    return tuple(words for words in probes if words)[:MOST_PROBES]


def _choices(form: MultiDict[str, str], question: Question, languages: tuple[str, ...]) -> tuple[Choice, ...]:
    """Each choice of the form, in its order; a new one without words is none yet."""
    if "choice" not in form:
        return question.choices
    known = {choice.code: choice for choice in question.choices}
    choices = []
    for code in dict.fromkeys(form.getlist("choice")):
        if not is_code(code):
            continue
        words = texts(form, f"choice-{code}", languages, LONGEST_LABEL)
        if words or code in known:
            marks = {name: form.get(f"choice-{code}-{name}") == "1" for name in ("is_exclusive", "is_fixed")}
            choices.append(Choice(code, words, **marks))
    return tuple(choices[:MOST_CHOICES])


def _labels(form: MultiDict[str, str], question: Question, languages: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    typed = {code: [clean_text(word)[:LONGEST_LABEL] for word in form.getlist(f"label-{code}")] for code in languages}
    if not any(typed.values()):
        return dict(question.labels)
    return {code: tuple(words) for code, words in typed.items() if words}


def _bounded(rule: Rule | None, before: Rule | None) -> tuple[Rule | None, int]:
    """The rule with as many conditions as one may have, and how many were left out. One from a file keeps its own."""
    most = max(MOST_CONDITIONS, len(before.conditions) if before else 0)
    if rule is None or len(rule.conditions) <= most:
        return rule, 0
    return replace(rule, conditions=rule.conditions[:most]), len(rule.conditions) - most


def _rule(form: MultiDict[str, str], question: Question, questionnaire: Questionnaire) -> Rule | None:
    if "when" not in form and not form.get("new-condition"):
        return None if "rule" in form else question.when
    every = Every.ANY if form.get("every") == Every.ANY else Every.ALL
    rows = [conditions.from_form(form, row, questionnaire) for row in form.getlist("when")]
    if form.get("new-condition"):
        rows.append(conditions.first(form["new-condition"], questionnaire))
    kept = tuple(condition for condition in rows if condition is not None)
    return Rule(every, kept) if kept else None
