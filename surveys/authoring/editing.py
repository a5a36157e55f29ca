"""Changes of a questionnaire as a manager makes them, each giving the changed one. Pure.

Questions and sections are named by their codes, so that a change fits whatever else was changed meanwhile. Where a code
is unknown, GoneError says so: somebody else removed it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.authoring.errors import GoneError
from surveys.questionnaires.checking import is_code
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Section

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition
    from surveys.questionnaires.rules import Rule

_NUMBERED = re.compile(r"(.*?)_?(\d+)")


def question_of(questionnaire: Questionnaire, code: str) -> Question:
    """The question of that code. Raises GoneError."""
    if code not in questionnaire.by_code:
        raise GoneError(f"there is no question {code!r}")
    return questionnaire.by_code[code]


def section_of(questionnaire: Questionnaire, code: str) -> Section:
    """The section of that code. Raises GoneError."""
    for section in questionnaire.sections:
        if section.code == code:
            return section
    raise GoneError(f"there is no section {code!r}")


def free_code(stem: str, taken: Iterable[str]) -> str:
    """`stem` with the first number that makes it free: q1, q2 …; a number at its end is counted on."""
    known = set(taken)
    match = _NUMBERED.fullmatch(stem)
    stem = match.group(1) if match else stem
    number = 1
    while f"{stem}{number}" in known:
        number += 1
    return f"{stem}{number}"


def may_be_called(questionnaire: Questionnaire, code: str, name: str) -> bool:
    """Whether the question may have that code: one can be written so, and no other question has it."""
    return is_code(name) and (name == code or name not in questionnaire.by_code)


def put(questionnaire: Questionnaire, code: str, question: Question) -> Questionnaire:
    """The question `code` replaced by `question`; when its code is another one, the rules follow. Raises GoneError."""
    question_of(questionnaire, code)
    changed = _each(questionnaire, lambda one: (question if one.code == code else one,))
    return changed if question.code == code else _with_rules(changed, _renamed(code, question.code))


def insert(questionnaire: Questionnaire, question: Question, *, section: str, after: str | None) -> Questionnaire:
    """A further question behind `after`, or at the end of the section. Raises GoneError."""
    into = section_of(questionnaire, section)
    codes = [one.code for one in into.questions]
    place = codes.index(after) + 1 if after in codes else len(codes)
    questions = (*into.questions[:place], question, *into.questions[place:])
    return _put_section(questionnaire, replace(into, questions=questions))


def duplicate(questionnaire: Questionnaire, code: str) -> tuple[Questionnaire, str]:
    """The same question once more, behind it; gives the copy's code too. Raises GoneError."""
    question = question_of(questionnaire, code)
    copy = replace(question, code=free_code(code, questionnaire.by_code))
    section = questionnaire.section_of[code].code
    return insert(questionnaire, copy, section=section, after=code), copy.code


def remove(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Without the question, and without the conditions that look at it. Raises GoneError."""
    question_of(questionnaire, code)
    return _with_rules(_each(questionnaire, lambda one: () if one.code == code else (one,)), _without({code}))


def move(questionnaire: Questionnaire, code: str, steps: int) -> Questionnaire:
    """The question one place earlier (-1) or later (1), over the border of its section too. Raises GoneError."""
    question = question_of(questionnaire, code)
    here = questionnaire.section_of[code]
    codes = [one.code for one in here.questions]
    place = codes.index(code) + steps
    if 0 <= place < len(codes):
        others = [one for one in here.questions if one.code != code]
        return _put_section(questionnaire, replace(here, questions=(*others[:place], question, *others[place:])))
    sections = [section.code for section in questionnaire.sections]
    beside = sections.index(here.code) + steps
    if not 0 <= beside < len(sections):
        return questionnaire
    return _into(questionnaire, question, sections[beside], at_start=steps > 0)


def move_to(questionnaire: Questionnaire, code: str, section: str) -> Questionnaire:
    """The question at the end of another section. Raises GoneError."""
    section_of(questionnaire, section)
    question = question_of(questionnaire, code)
    if questionnaire.section_of[code].code == section:
        return questionnaire
    return _into(questionnaire, question, section, at_start=False)


def add_section(questionnaire: Questionnaire, *, after: str | None) -> tuple[Questionnaire, str]:
    """A further section behind `after`, or before the last one, where the closing is; gives its code too."""
    code = free_code("s", (section.code for section in questionnaire.sections))
    codes = [section.code for section in questionnaire.sections]
    place = codes.index(after) + 1 if after in codes else max(0, len(codes) - 1)
    section = Section(code, {}, ())
    return replace(
        questionnaire, sections=(*questionnaire.sections[:place], section, *questionnaire.sections[place:])
    ), code


def name_section(
    questionnaire: Questionnaire, code: str, title: dict[str, str], dimension: Dimension | None, *, is_shuffled: bool
) -> Questionnaire:
    """Another title, dimension and order for a section. Raises GoneError."""
    section = section_of(questionnaire, code)
    return _put_section(questionnaire, replace(section, title=title, dimension=dimension, is_shuffled=is_shuffled))


def move_section(questionnaire: Questionnaire, code: str, steps: int) -> Questionnaire:
    """The section one place earlier (-1) or later (1). Raises GoneError."""
    section = section_of(questionnaire, code)
    codes = [one.code for one in questionnaire.sections]
    others = [one for one in questionnaire.sections if one.code != code]
    place = min(max(codes.index(code) + steps, 0), len(others))
    return replace(questionnaire, sections=(*others[:place], section, *others[place:]))


def remove_section(questionnaire: Questionnaire, code: str) -> Questionnaire:
    """Without the section and its questions, and without the conditions that look at these. Raises GoneError."""
    gone = section_of(questionnaire, code)
    kept = replace(questionnaire, sections=tuple(one for one in questionnaire.sections if one.code != code))
    return _with_rules(kept, _without({question.code for question in gone.questions}))


def looking_at(questionnaire: Questionnaire, code: str) -> list[Question]:
    """The questions whose rule looks at this one."""
    return [
        question
        for question in questionnaire.questions
        if question.when is not None and any(condition.question == code for condition in question.when.conditions)
    ]


def earlier(questionnaire: Questionnaire, code: str) -> list[Question]:
    """The questions that a rule of this one may look at: those before it that want an answer."""
    before = []
    for question in questionnaire.questions:
        if question.code == code:
            break
        if question.wants_answer:
            before.append(question)
    return before


def _each(questionnaire: Questionnaire, change: Callable[[Question], tuple[Question, ...]]) -> Questionnaire:
    sections = tuple(
        replace(section, questions=tuple(new for question in section.questions for new in change(question)))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)


def _put_section(questionnaire: Questionnaire, section: Section) -> Questionnaire:
    sections = tuple(section if one.code == section.code else one for one in questionnaire.sections)
    return replace(questionnaire, sections=sections)


def _into(questionnaire: Questionnaire, question: Question, section: str, *, at_start: bool) -> Questionnaire:
    without = _each(questionnaire, lambda one: () if one.code == question.code else (one,))
    into = section_of(without, section)
    questions = (question, *into.questions) if at_start else (*into.questions, question)
    return _put_section(without, replace(into, questions=questions))


def _with_rules(questionnaire: Questionnaire, change: Callable[[Rule], Rule | None]) -> Questionnaire:
    return _each(questionnaire, lambda one: (replace(one, when=change(one.when)) if one.when else one,))


def _renamed(old: str, new: str) -> Callable[[Rule], Rule]:
    def name(condition: Condition) -> Condition:
        return replace(condition, question=new) if condition.question == old else condition

    return lambda rule: replace(rule, conditions=tuple(name(condition) for condition in rule.conditions))


def _without(codes: set[str]) -> Callable[[Rule], Rule | None]:
    def change(rule: Rule) -> Rule | None:
        kept = tuple(condition for condition in rule.conditions if condition.question not in codes)
        return replace(rule, conditions=kept) if kept or not rule.conditions else None

    return change
