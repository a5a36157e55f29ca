"""Skip rules as sentences, in the language of the page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from config.formats import date_
from config.formats import digits
from config.formats import number
from config.formats import toman
from config.languages import current_language
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import WITHOUT_VALUE
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import is_day
from surveys.questionnaires.texts import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition
    from surveys.questionnaires.rules import Rule

SHORT = 48
# The comparisons as a menu names them.
OPERATORS = {
    "=": _l("is"),
    "!=": _l("is not"),
    "<": _l("is less than"),
    "<=": _l("is at most"),
    ">": _l("is more than"),
    ">=": _l("is at least"),
    "in": _l("is one of"),
    "has": _l("includes"),
    "answered": _l("has any answer"),
}
_CLAUSES = {
    "=": _l("the answer to %(question)s is %(value)s"),
    "!=": _l("the answer to %(question)s is not %(value)s"),
    "<": _l("the answer to %(question)s is less than %(value)s"),
    "<=": _l("the answer to %(question)s is at most %(value)s"),
    ">": _l("the answer to %(question)s is more than %(value)s"),
    ">=": _l("the answer to %(question)s is at least %(value)s"),
    "in": _l("the answer to %(question)s is one of %(value)s"),
    "has": _l("the answers to %(question)s include %(value)s"),
    "answered": _l("%(question)s was answered"),
}


def short(texts: Mapping[str, str], longest: int = SHORT) -> str:
    """The beginning of a text, in the language of the page where it is written in it; empty when it is not written."""
    words = plain(texts.get(current_language()) or next(iter(texts.values()), ""))
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0] + " …"


def named(questionnaire: Questionnaire, code: str) -> str:
    """A question as people speak of it: its place and the beginning of its words."""
    places = {question.code: place for place, question in enumerate(questionnaire.questions, 1)}
    if code not in places:
        return str(_("a question that is gone"))
    words = short(questionnaire.by_code[code].text)
    place = number(places[code])
    if not words:
        return str(_("question %(place)s", place=place))
    return str(_("question %(place)s (“%(words)s”)", place=place, words=words))


def value_named(question: Question | None, value: Any) -> str:
    """A value as it is answered: a choice by its words, a step of a scale with its word."""
    if value is None:
        return "…"
    if isinstance(value, list):
        return str(_(" or ")).join(value_named(question, one) for one in value)
    if value in (YES, NO):
        return str(_("Yes") if value == YES else _("No"))
    if question is not None and question.kind is Kind.RATING:
        words = question.labels.get(current_language()) or next(iter(question.labels.values()), ())
        place = value - 1 if isinstance(value, int) else -1
        return f"{digits(value)} ({words[place]})" if 0 <= place < len(words) and words[place] else digits(value)
    for choice in question.choices if question is not None else ():
        if choice.code == value:
            return f"«{short(choice.text)}»" if choice.text else "…"
    return typed_back(question, value)


def typed_back(question: Question | None, value: Any) -> str:
    """A typed value as it is read: an amount in Toman, a day in the calendar of the page."""
    if question is not None and question.kind is Kind.AMOUNT and isinstance(value, int):
        return str(_("%(amount)s Toman", amount=toman(value)))
    if question is not None and question.kind is Kind.DATE and is_day(value):
        return date_(date.fromisoformat(value))
    return number(value) if isinstance(value, int) else str(value)


def clause(questionnaire: Questionnaire, condition: Condition) -> str:
    """One condition in words."""
    words = _CLAUSES.get(condition.operator, _CLAUSES["="])
    question = named(questionnaire, condition.question)
    if condition.operator in WITHOUT_VALUE:
        return str(words) % {"question": question}
    value = value_named(questionnaire.by_code.get(condition.question), condition.value)
    return str(words) % {"question": question, "value": value}


def of_rule(questionnaire: Questionnaire, rule: Rule | None) -> str:
    """When a question is asked, as a sentence."""
    if rule is None:
        return str(_("Everybody is asked."))
    joint = str(_(" and ") if rule.every is Every.ALL else _(" or "))
    clauses = joint.join(clause(questionnaire, one) for one in rule.conditions)
    return str(_("Asked only if %(clauses)s.", clauses=clauses))
