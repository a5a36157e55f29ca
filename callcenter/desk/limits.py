"""What may be answered to a question whose answer is typed: said under its field, and when something else was typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from config.calendar import format_date
from config.formats import digits
from config.formats import number
from config.formats import toman
from config.languages import current_language
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.questionnaires.document import Question

EXAMPLE = date(2025, 11, 21)


def expected(question: Question) -> str:
    """The sentence; empty where nothing is typed, or anything may be."""
    if question.kind is Kind.OPEN_TEXT and question.word_limit is not None:
        count = question.word_limit
        return str(ngettext("At most %(count)s word.", "At most %(count)s words.", count, count=number(count)))
    if question.kind is Kind.NUMBER:
        return _sentence(_("A whole number"), _range(question, number))
    if question.kind is Kind.AMOUNT:
        return _sentence(_("An amount in Toman"), _range(question, toman))
    if question.kind is Kind.DATE:
        example = format_date(EXAMPLE, current_language(), "numeric")
        return _sentence(_("A day, like %(example)s", example=example), _days(question))
    return ""


def refusal(question: Question) -> str:
    """What is said when something was no answer: the survey's own sentence, else what is expected, if anything."""
    own = question.message.get(current_language()) or next(iter(question.message.values()), "")
    sentence = expected(question)
    return own or (_("This was not kept.") + f" {sentence}" if sentence else "")


def _sentence(what: str, within: str) -> str:
    comma = "، " if current_language() == "fa" else ", "
    return f"{comma.join(part for part in (what, within) if part)}."


def _range(question: Question, shown: Callable[[int], str]) -> str:
    lowest, highest = ("" if bound is None else shown(bound) for bound in (question.minimum, question.maximum))
    if lowest and highest:
        return str(_("from %(lowest)s to %(highest)s", lowest=lowest, highest=highest))
    if lowest:
        return str(_("at least %(lowest)s", lowest=lowest))
    return str(_("at most %(highest)s", highest=highest)) if highest else ""


def _days(question: Question) -> str:
    first, last = (_day(bound) for bound in (question.earliest, question.latest))
    if first and last:
        return str(_("from %(first)s to %(last)s", first=first, last=last))
    if first:
        return str(_("not before %(first)s", first=first))
    return str(_("not after %(last)s", last=last)) if last else ""


def _day(bound: str | None) -> str:
    if bound is None:
        return ""
    return str(_("today")) if bound == TODAY else digits(format_date(date.fromisoformat(bound), current_language()))
