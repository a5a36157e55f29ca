"""What a survey, a section and a question are before anybody wrote a word. Pure but for the library's file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.questionnaires import library
from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section

if TYPE_CHECKING:
    from collections.abc import Iterable

# The survey whose opening and closing a blank one borrows: a conversation begins and ends the same everywhere.
_FRAME = "recent_visit"
_TITLES = {
    Dimension.PRICE: {"fa": "قیمت", "en": "Price"},
    Dimension.QUALITY: {"fa": "کیفیت", "en": "Quality"},
    Dimension.SERVICE: {"fa": "برخورد", "en": "Service"},
}
# The words of a rating, lowest first; neutral, and the same for each question of a survey unless they are changed.
LABELS = {
    "fa": ("خیلی ناراضی", "ناراضی", "نه راضی، نه ناراضی", "راضی", "خیلی راضی"),
    "en": ("Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied"),
}
# A new question of these kinds begins with so many empty choices.
FIRST_CHOICES = 2


def blank(title: str, languages: tuple[str, ...]) -> Questionnaire:
    """A survey of this title in the first language, with an opening, the three dimensions to fill, and a closing."""
    frame = library.load(_FRAME)
    opening, closing = frame.sections[0], frame.sections[-1]
    sections = (opening, *(Section(d.value, words, (), d) for d, words in _TITLES.items()), closing)
    return in_languages(Questionnaire({languages[0]: title}, frame.languages, sections), languages)


def ready(slug: str, title: str, languages: tuple[str, ...]) -> Questionnaire:
    """A ready-made survey under a title of its own. Raises ReadySurveyNotFoundError."""
    questionnaire = library.load(slug)
    return in_languages(replace(questionnaire, title={**questionnaire.title, languages[0]: title}), languages)


def in_languages(questionnaire: Questionnaire, languages: tuple[str, ...]) -> Questionnaire:
    """The questionnaire in these languages only; what is not translated yet is missing."""

    def kept(texts: dict[str, str]) -> dict[str, str]:
        return {code: words for code, words in texts.items() if code in languages}

    def question_in(question: Question) -> Question:
        labels = {code: words for code, words in question.labels.items() if code in languages}
        if question.kind is Kind.RATING:
            labels = {code: labels.get(code, LABELS.get(code, ("",) * 5)) for code in languages}
        choices = tuple(replace(choice, text=kept(dict(choice.text))) for choice in question.choices)
        return replace(
            question, text=kept(dict(question.text)), hint=kept(dict(question.hint)), choices=choices, labels=labels
        )

    sections = tuple(
        replace(section, title=kept(dict(section.title)), questions=tuple(question_in(q) for q in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, title=kept(dict(questionnaire.title)), languages=languages, sections=sections)


def question(kind: Kind, *, taken: Iterable[str], languages: tuple[str, ...]) -> Question:
    """A question of this kind without words, under a free code."""
    codes = set(taken)
    number = len(codes) + 1
    while f"q{number}" in codes:
        number += 1
    return shaped(Question(f"q{number}", kind, {}), languages)


def shaped(question: Question, languages: tuple[str, ...]) -> Question:
    """The question with the parts that its kind has, and without those of another kind."""
    has_choices, has_labels = question.kind in WITH_CHOICES, question.kind is Kind.RATING
    choices = question.choices or tuple(Choice(f"c{n}", {}) for n in range(1, FIRST_CHOICES + 1))
    labels = {code: question.labels.get(code) or LABELS.get(code, ("",) * 5) for code in languages}
    is_number = question.kind is Kind.NUMBER
    return replace(
        question,
        choices=choices if has_choices else (),
        labels=labels if has_labels else {},
        minimum=question.minimum if is_number else None,
        maximum=question.maximum if is_number else None,
    )
