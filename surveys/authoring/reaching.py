"""Whether a question can ever be asked: some answers to the earlier ones must lead to it. Pure.

Each question has a set of possible answers; walking back from a rule narrows the sets, and where one becomes empty no
interview comes there. Who does not consent is asked nothing more.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from typing import Any

from surveys.authoring.conditions import SCALES
from surveys.questionnaires.document import NO
from surveys.questionnaires.document import YES
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import OPERATORS
from surveys.questionnaires.rules import WITHOUT_VALUE
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition

Possible = dict[str, tuple[Any, ...]]
# Rules that branch this often are not followed to their end; what they lead to counts as asked.
MOST_STEPS = 5000
# Nor for longer than this in a whole survey: hundreds of questions may each look at the one before.
MOST_STEPS_IN_ALL = 50_000
_NUMBERS = (Kind.NUMBER, Kind.AMOUNT)


def never_asked(questionnaire: Questionnaire) -> list[str]:
    """The codes of the questions that no answers lead to. Conditions that are unfinished are taken to hold."""
    walk = _Walk(questionnaire)
    return [question.code for question in questionnaire.questions if not walk.can_be_asked(question)]


class _Walk:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.places = {question.code: place for place, question in enumerate(questionnaire.questions)}
        self.steps = self.steps_in_all = 0
        self._named = self._all_named()

    def can_be_asked(self, question: Question) -> bool:
        """Whether some answers lead to it."""
        self.steps = 0
        return next(self._worlds(question, self._consented(question)), None) is not None

    def _consented(self, question: Question) -> Possible:
        place = self.places[question.code]
        earlier = self.questionnaire.questions[:place]
        return {one.code: (YES,) for one in earlier if one.kind is Kind.CONSENT}

    def _is_too_far(self) -> bool:
        return self.steps > MOST_STEPS or self.steps_in_all > MOST_STEPS_IN_ALL

    def _all_named(self) -> defaultdict[str, set[Any]]:
        """The numbers around each one that a rule names, by the question it looks at."""
        named: defaultdict[str, set[Any]] = defaultdict(set)
        for question in self.questionnaire.questions:
            for condition in question.when.conditions if question.when else ():
                if is_number(condition.value):
                    named[condition.question] |= {condition.value - 1, condition.value, condition.value + 1}
        return named

    def _worlds(self, question: Question, possible: Possible) -> Iterator[Possible]:
        """The sets of possible answers with which the question is asked."""
        self.steps += 1
        self.steps_in_all += 1
        rule = question.when
        if rule is None or not rule.conditions or self._is_too_far():
            yield possible
        elif rule.every is Every.ALL:
            yield from self._all(list(rule.conditions), question, possible)
        else:
            for condition in rule.conditions:
                yield from self._all([condition], question, possible)

    def _all(self, conditions: list[Condition], asking: Question, possible: Possible) -> Iterator[Possible]:
        if not conditions:
            yield possible
            return
        first, rest = conditions[0], conditions[1:]
        question = self.questionnaire.by_code.get(first.question)
        if question is None or self.places[question.code] >= self.places[asking.code]:
            # A mistake of another kind, told by its own finding.
            yield from self._all(rest, asking, possible)
            return
        narrowed = self._narrowed(question, first, possible)
        if narrowed is None:
            return
        for world in self._worlds(question, narrowed):
            yield from self._all(rest, asking, world)

    def _narrowed(self, question: Question, condition: Condition, possible: Possible) -> Possible | None:
        if condition.operator in WITHOUT_VALUE or condition.value is None or condition.operator not in OPERATORS:
            return possible
        answers = possible.get(question.code) or self._answers(question)
        if answers is None:
            return possible
        holds = OPERATORS[condition.operator]
        kept = tuple(answer for answer in answers if holds(answer, condition.value))
        return possible | {question.code: kept} if kept else None

    def _answers(self, question: Question) -> tuple[Any, ...] | None:
        """All answers that rules can tell apart; None where they are not counted up."""
        if question.kind in (Kind.YES_NO, Kind.CONSENT):
            return (YES, NO)
        if question.kind in SCALES:
            return tuple(SCALES[question.kind])
        if question.kind is Kind.CHOICE_ONE:
            return tuple(choice.code for choice in question.choices)
        return self._numbers(question) if question.kind in _NUMBERS else None

    def _numbers(self, question: Question) -> tuple[Any, ...]:
        """The numbers around each one that a rule names, within the bounds: between them nothing changes."""
        named = self._named[question.code] | {
            bound for bound in (question.minimum, question.maximum) if bound is not None
        }
        lowest = question.minimum if question.minimum is not None else min(named, default=0)
        highest = question.maximum if question.maximum is not None else max(named, default=0)
        return tuple(sorted(number for number in named if lowest <= number <= highest))
