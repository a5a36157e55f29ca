"""What is wrong with a questionnaire: sentences that name the place and the mend. Rules may only look back."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from surveys.questionnaires import kind_checks
from surveys.questionnaires.document import LABELS
from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import OPERATORS
from surveys.questionnaires.rules import ORDERED
from surveys.questionnaires.rules import WITHOUT_VALUE
from surveys.questionnaires.rules import is_day
from surveys.questionnaires.rules import is_number
from surveys.questionnaires.texts import PLACEHOLDERS
from surveys.questionnaires.texts import placeholders_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition

# Codes name questions in addresses, exports and rules.
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def is_code(text: str) -> bool:
    """Whether `text` can name a section, a question or a choice."""
    return _CODE.fullmatch(text) is not None


def problems_of(questionnaire: Questionnaire) -> list[str]:
    """Every problem of a questionnaire, in the order of reading; none for one that can be asked."""
    return [
        *_shape(questionnaire),
        *_thresholds(questionnaire),
        *_codes(questionnaire),
        *_translations(questionnaire),
        *_placeholders(questionnaire),
        *(one for question in questionnaire.questions for one in kind_checks.problems_of(question)),
        *_orders(questionnaire),
        *_rules(questionnaire),
    ]


def _shape(questionnaire: Questionnaire) -> Iterator[str]:
    if not questionnaire.languages:
        yield "languages: name at least one language"
    if not any(question.wants_answer for question in questionnaire.questions):
        yield "sections: write at least one question that wants an answer"
    last = questionnaire.questions[-1] if questionnaire.questions else None
    for question in questionnaire.questions:
        if question.kind is Kind.CLOSING and (question is not last or question.when is not None):
            yield f"question {question.code!r}: a closing is always read, and last; move it to the end, without a rule"
    if last is not None and last.kind is not Kind.CLOSING:
        yield f"question {last.code!r}: it is the last one; end with a question of kind closing"


def _thresholds(questionnaire: Questionnaire) -> Iterator[str]:
    partial, complete = questionnaire.partial_from, questionnaire.complete_from
    for name, percent in (("partial_from", partial), ("complete_from", complete)):
        if percent is not None and not 1 <= percent <= 100:  # noqa: PLR2004 - per cent
            yield f"{name}: write a share from 1 to 100 per cent, not {percent}"
    if complete is not None and complete < partial:
        yield f"complete_from: {complete} is below partial_from {partial}; exchange them"


def _codes(questionnaire: Questionnaire) -> Iterator[str]:
    sections = [section.code for section in questionnaire.sections]
    questions = [question.code for question in questionnaire.questions]
    yield from _code_list("section", sections)
    yield from _code_list("question", questions)
    for question in questionnaire.questions:
        yield from _code_list(f"question {question.code!r}, choice", [choice.code for choice in question.choices])


def _code_list(what: str, codes: list[str]) -> Iterator[str]:
    for code in sorted(set(codes)):
        if not is_code(code):
            yield f"{what} {code!r}: write the code in small Latin letters, digits and _, at most 40, a letter first"
    for code, count in Counter(codes).items():
        if count > 1:
            yield f"{what} {code!r}: the code is used {count} times; give each its own"


def _translations(questionnaire: Questionnaire) -> Iterator[str]:
    for place, texts in _all_texts(questionnaire):
        yield from _languages(place, texts, questionnaire.languages)
    for question in questionnaire.questions:
        if question.kind in LABELS:
            yield from _languages(f"question {question.code!r}, labels", question.labels, questionnaire.languages)


def _languages(place: str, texts: Iterable[str], languages: tuple[str, ...]) -> Iterator[str]:
    given = set(texts)
    for language in languages:
        if language not in given:
            yield f"{place}: the text in {language!r} is missing; translate it"
    for language in sorted(given - set(languages)):
        yield f"{place}: {language!r} is not a language of this questionnaire; add it to languages or remove the text"


def _all_texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "title", questionnaire.title
    for section in questionnaire.sections:
        yield f"section {section.code!r}, title", section.title
        for question in section.questions:
            yield f"question {question.code!r}, text", question.text
            for name, texts in (("hint", question.hint), ("message", question.message)):
                if texts:
                    yield f"question {question.code!r}, {name}", texts
            for number, probe in enumerate(question.probes, 1):
                yield f"question {question.code!r}, probe {number}", probe
            for choice in question.choices:
                yield f"question {question.code!r}, choice {choice.code!r}", choice.text


def _placeholders(questionnaire: Questionnaire) -> Iterator[str]:
    for place, texts in _all_texts(questionnaire):
        names = {name for text in texts.values() for name in placeholders_in(text)}
        for name in sorted(names - set(PLACEHOLDERS)):
            yield f"{place}: {{{name}}} is unknown; use one of {', '.join(PLACEHOLDERS)}"


def _orders(questionnaire: Questionnaire) -> Iterator[str]:
    """In a random order a question cannot count on what another of them was answered."""
    for section in questionnaire.sections:
        if not section.is_shuffled:
            continue
        codes = {question.code for question in section.questions}
        for question in section.questions:
            place = f"question {question.code!r}"
            if question.kind is Kind.CONSENT:
                yield f"{place}: consent is asked in its place; move it out of the section with a random order"
            for condition in question.when.conditions if question.when else ():
                if condition.question in codes:
                    yield (
                        f"{place}, when: section {section.code!r} has a random order, so {condition.question!r} may be"
                        f" asked later; move one of the two to another section"
                    )


def _rules(questionnaire: Questionnaire) -> Iterator[str]:
    before: dict[str, Question] = {}
    everywhere = questionnaire.by_code
    for question in questionnaire.questions:
        place = f"question {question.code!r}, when"
        if question.when is not None:
            if not question.when.conditions:
                yield f"{place}: write at least one condition, or remove the rule"
            for condition in question.when.conditions:
                yield from _condition(place, condition, before, everywhere)
        before[question.code] = question


def _condition(
    place: str, condition: Condition, before: Mapping[str, Question], everywhere: Mapping[str, Question]
) -> Iterator[str]:
    code = condition.question
    if condition.operator not in OPERATORS:
        yield f"{place}: {condition.operator!r} is unknown; use one of {' '.join(OPERATORS)}"
    if condition.operator in ORDERED:
        yield from _ordered_value(place, condition, everywhere.get(code))
    if condition.value is None and condition.operator in set(OPERATORS) - WITHOUT_VALUE - ORDERED:
        yield f"{place}: write the value that {condition.operator!r} compares with"
    if code not in everywhere:
        yield f"{place}: there is no question {code!r}; correct the code"
    elif code not in before:
        yield f"{place}: {code!r} is asked later; a rule can only look back, move {code!r} before it"
    elif not before[code].wants_answer:
        yield f"{place}: {code!r} is only read out and has no answer; name a question that has one"
    else:
        yield from _choice_codes(place, condition, before[code])


def _ordered_value(place: str, condition: Condition, question: Question | None) -> Iterator[str]:
    if question is not None and question.kind is Kind.DATE:
        if not is_day(condition.value):
            yield f"{place}: {condition.operator!r} compares a date; write a day as 2025-11-21 as value"
    elif not is_number(condition.value):
        yield f"{place}: {condition.operator!r} compares with a number; write one as value"


def _choice_codes(place: str, condition: Condition, question: Question) -> Iterator[str]:
    """A rule on a choice that does not exist would silently never hold."""
    if question.kind not in WITH_CHOICES or condition.operator in WITHOUT_VALUE:
        return
    known = [choice.code for choice in question.choices]
    for code in condition.value if isinstance(condition.value, list) else [condition.value]:
        if code not in known:
            yield f"{place}: {code!r} is no choice of {question.code!r}; use one of {', '.join(known)}"
