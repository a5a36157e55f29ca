"""The acts of the editor's buttons, each `name` or `name:argument`, on what is open. Pure.

An act gives the changed questionnaire and what is open then: ("question", code), ("section", code) or ("survey", "").
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.authoring import editing
from surveys.authoring import starting
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

Open = tuple[str, str]
SURVEY: Open = ("survey", "")


def act(questionnaire: Questionnaire, opened: Open, do: str, typed: str = "") -> tuple[Questionnaire, Open]:
    """Do what the button says; an unknown act changes nothing. Raises GoneError.

    `typed` is the argument of a button that has none of its own.
    """
    name, _, argument = do.partition(":")
    argument = argument or typed
    if name == "add" and argument in list(Kind):
        return _add(questionnaire, opened, Kind(argument))
    if name == "add-section":
        after = _section_of(questionnaire, opened) if opened != SURVEY else None
        changed, code = editing.add_section(questionnaire, after=after)
        return changed, ("section", code)
    table = {"question": _ON_QUESTION, "section": _ON_SECTION}.get(opened[0], {})
    return table[name](questionnaire, opened[1], argument) if name in table else (questionnaire, opened)


def _add(questionnaire: Questionnaire, opened: Open, kind: Kind) -> tuple[Questionnaire, Open]:
    question = starting.question(kind, taken=questionnaire.by_code, languages=questionnaire.languages)
    if not questionnaire.sections:
        questionnaire, _code = editing.add_section(questionnaire, after=None)
    after = opened[1] if opened[0] == "question" else None
    section = _section_of(questionnaire, opened)
    changed = editing.insert(questionnaire, question, section=section, after=after)
    if after is not None and questionnaire.by_code[after].kind is Kind.CLOSING:
        # Nothing comes after the closing.
        changed = editing.move(changed, question.code, -1)
    return changed, ("question", question.code)


def _section_of(questionnaire: Questionnaire, opened: Open) -> str:
    """The section that is open, or holds the open question; of the whole survey the last before the closing."""
    kind, code = opened
    if kind == "question":
        editing.question_of(questionnaire, code)
        return questionnaire.section_of[code].code
    if kind == "section":
        return editing.section_of(questionnaire, code).code
    return questionnaire.sections[-2:][0].code


def _moved(steps: int) -> Callable[[Questionnaire, str, str], tuple[Questionnaire, Open]]:
    return lambda questionnaire, code, _argument: (editing.move(questionnaire, code, steps), ("question", code))


def _moved_section(steps: int) -> Callable[[Questionnaire, str, str], tuple[Questionnaire, Open]]:
    return lambda questionnaire, code, _argument: (editing.move_section(questionnaire, code, steps), ("section", code))


def _to_section(questionnaire: Questionnaire, code: str, section: str) -> tuple[Questionnaire, Open]:
    return editing.move_to(questionnaire, code, section), ("question", code)


def _call(questionnaire: Questionnaire, code: str, name: str) -> tuple[Questionnaire, Open]:
    """Give it another code, which the rules that look at it follow; nothing where it may not have that one."""
    if not editing.may_be_called(questionnaire, code, name):
        return questionnaire, ("question", code)
    question = editing.question_of(questionnaire, code)
    return editing.put(questionnaire, code, replace(question, code=name)), ("question", name)


def _duplicate(questionnaire: Questionnaire, code: str, _argument: str) -> tuple[Questionnaire, Open]:
    changed, copy = editing.duplicate(questionnaire, code)
    return changed, ("question", copy)


def _remove(questionnaire: Questionnaire, code: str, _argument: str) -> tuple[Questionnaire, Open]:
    """Open what stood before it then, so that one can go on."""
    codes = [question.code for question in questionnaire.questions]
    editing.question_of(questionnaire, code)
    place = codes.index(code)
    beside = codes[place - 1] if place else next(iter(codes[1:]), None)
    return editing.remove(questionnaire, code), ("question", beside) if beside else SURVEY


def _remove_section(questionnaire: Questionnaire, code: str, _argument: str) -> tuple[Questionnaire, Open]:
    return editing.remove_section(questionnaire, code), SURVEY


def _on_choices(
    change: Callable[[Question, str], tuple[Choice, ...]],
) -> Callable[[Questionnaire, str, str], tuple[Questionnaire, Open]]:
    def on_question(questionnaire: Questionnaire, code: str, choice: str) -> tuple[Questionnaire, Open]:
        question = editing.question_of(questionnaire, code)
        changed = replace(question, choices=change(question, choice))
        return editing.put(questionnaire, code, changed), ("question", code)

    return on_question


def _without_choice(question: Question, code: str) -> tuple[Choice, ...]:
    return tuple(choice for choice in question.choices if choice.code != code)


def _choice_up(question: Question, code: str) -> tuple[Choice, ...]:
    choices = list(question.choices)
    place = next((place for place, choice in enumerate(choices) if choice.code == code), 0)
    if place:
        choices.insert(place - 1, choices.pop(place))
    return tuple(choices)


def _without_condition(questionnaire: Questionnaire, code: str, place: str) -> tuple[Questionnaire, Open]:
    question = editing.question_of(questionnaire, code)
    rule = question.when
    if rule is not None:
        kept = tuple(one for number, one in enumerate(rule.conditions) if str(number) != place)
        question = replace(question, when=replace(rule, conditions=kept) if kept else None)
    return editing.put(questionnaire, code, question), ("question", code)


_ON_QUESTION: dict[str, Callable[[Questionnaire, str, str], tuple[Questionnaire, Open]]] = {
    "up": _moved(-1),
    "down": _moved(1),
    "to": _to_section,
    "code": _call,
    "duplicate": _duplicate,
    "remove": _remove,
    "choice-remove": _on_choices(_without_choice),
    "choice-up": _on_choices(_choice_up),
    "condition-remove": _without_condition,
}
_ON_SECTION: dict[str, Callable[[Questionnaire, str, str], tuple[Questionnaire, Open]]] = {
    "up": _moved_section(-1),
    "down": _moved_section(1),
    "remove": _remove_section,
}
