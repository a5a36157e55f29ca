"""What the parts of the editor show: the outline, and what is open of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from typing import Any

from flask_babel import gettext as _

from config.formats import RIAL_PER_TOMAN
from config.formats import date_
from surveys.authoring import advising
from surveys.authoring import conditions
from surveys.authoring import editing
from surveys.authoring import sentences
from surveys.authoring import wording
from surveys.authoring.acting import SURVEY
from surveys.authoring.drafts import mark_of
from surveys.authoring.editing import free_code
from surveys.authoring.form import MOST_CONDITIONS
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.authoring.acting import Open
    from surveys.authoring.drafts import Wording
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire
    from surveys.questionnaires.rules import Condition


@dataclass(frozen=True)
class ConditionRow:
    """One row of the rule's menu. `is_choosing`: its value is chosen, not typed; `is_many`: several are."""

    question: str
    operator: str
    operators: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...]
    has_value: bool

    @property
    def is_many(self) -> bool:
        """Whether several values are chosen."""
        return self.operator == "in"


def opened(questionnaire: Questionnaire, asked: Mapping[str, str]) -> Open:
    """What an address opens; the survey as a whole when what it names is gone."""
    if asked.get("question") in questionnaire.by_code:
        return "question", asked["question"]
    if asked.get("section") in {section.code for section in questionnaire.sections}:
        return "section", asked["section"]
    return SURVEY


def parts(
    wording_: Wording, questionnaire: Questionnaire, open_: Open, wrong: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """All that the templates of the editor need."""
    kind, code = open_
    shared = {
        "wording": wording_,
        "questionnaire": questionnaire,
        "open": open_,
        "kinds": wording.KINDS,
        "dimensions": wording.DIMENSIONS,
        "percents": wording.percents,
        "placeholder_words": wording.PLACEHOLDER_WORDS,
        "short": sentences.short,
        "wrong": wrong or {},
        "advice": (advice := advising.advice_on(questionnaire)),
        "marks": {one.question: one.is_advice for one in reversed(advice) if one.question},
        "numbers": {question.code: number for number, question in enumerate(questionnaire.questions, 1)},
    }
    if kind == "section":
        section = editing.section_of(questionnaire, code)
        return shared | {"section": section, "seen": mark_of(section)}
    if kind == "question":
        return shared | _of_question(questionnaire, editing.question_of(questionnaire, code))
    return shared | {"seen": mark_of(questionnaire)}


def _of_question(questionnaire: Questionnaire, question: Question) -> dict[str, Any]:
    rule = question.when
    return {
        "question": question,
        "section": questionnaire.section_of[question.code],
        "seen": mark_of(question),
        "limits": _limits(question),
        "next_choice": free_code("c", (choice.code for choice in question.choices)),
        "most_conditions": MOST_CONDITIONS,
        "rows": [_row(questionnaire, condition) for condition in rule.conditions] if rule else [],
        "earlier": [
            (one.code, sentences.named(questionnaire, one.code))
            for one in editing.earlier(questionnaire, question.code)
        ],
        "sentence": sentences.of_rule(questionnaire, rule),
        "looking": editing.looking_at(questionnaire, question.code),
    }


def _row(questionnaire: Questionnaire, condition: Condition) -> ConditionRow:
    question = questionnaire.by_code.get(condition.question)
    operators = conditions.operators_for(question) if question else (condition.operator,)
    values = conditions.values_for(question) if question else ()
    chosen = condition.value if isinstance(condition.value, list) else [condition.value]
    return ConditionRow(
        question=condition.question,
        operator=condition.operator,
        operators=tuple((one, str(sentences.OPERATORS[one])) for one in operators),
        values=tuple((str(value), sentences.value_named(question, value)) for value in values),
        chosen=tuple(typed(question, value) for value in chosen if value is not None),
        has_value=condition.operator != "answered",
    )


def typed(question: Question | None, value: Any) -> str:
    """A value as one types it: an amount in Toman, a day in the calendar of the page."""
    if question is not None and question.kind is Kind.AMOUNT and isinstance(value, int):
        return str(value // RIAL_PER_TOMAN)
    if question is not None and question.kind is Kind.DATE:
        return str(_("today")) if value == TODAY else date_(date.fromisoformat(value), "numeric")
    return str(value)


def _limits(question: Question) -> dict[str, str]:
    limits = {name: getattr(question, name) for name in ("minimum", "maximum", "earliest", "latest", "word_limit")}
    return {name: typed(question, value) for name, value in limits.items() if value is not None}
