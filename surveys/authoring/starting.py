"""What a survey, a section and a question are before anybody wrote a word. Pure but for the library's file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.questionnaires import library
from surveys.questionnaires.document import LABELS
from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

# The survey whose opening and closing a blank one borrows: a conversation begins and ends the same everywhere.
_FRAME = "recent_visit"
_TITLES = {
    Dimension.PRICE: {"fa": "قیمت", "en": "Price"},
    Dimension.QUALITY: {"fa": "کیفیت", "en": "Quality"},
    Dimension.SERVICE: {"fa": "برخورد", "en": "Service"},
}
# The words of a scale, lowest first: each step of a rating, both ends of an effort. Neutral, and the same for each
# question of a survey unless they are changed.
SCALE_WORDS: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.RATING: {
        "fa": ("خیلی ناراضی", "ناراضی", "نه راضی، نه ناراضی", "راضی", "خیلی راضی"),
        "en": (
            "Very dissatisfied",
            "Dissatisfied",
            "Neither satisfied nor dissatisfied",
            "Satisfied",
            "Very satisfied",
        ),
    },
    Kind.EFFORT: {"fa": ("خیلی سخت", "خیلی آسان"), "en": ("Very difficult", "Very easy")},
}
# A new question of these kinds begins with so many empty choices.
FIRST_CHOICES = 2
MISSING = "…"


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

    def kept(texts: Mapping[str, str]) -> dict[str, str]:
        return {code: words for code, words in texts.items() if code in languages}

    def question_in(question: Question) -> Question:
        inside = replace(
            question,
            text=kept(question.text),
            hint=kept(question.hint),
            probes=tuple(words for probe in question.probes if (words := kept(probe))),
            choices=tuple(replace(choice, text=kept(choice.text)) for choice in question.choices),
            message=kept(question.message),
        )
        return shaped(inside, languages)

    sections = tuple(
        replace(section, title=kept(section.title), questions=tuple(question_in(q) for q in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, title=kept(questionnaire.title), languages=languages, sections=sections)


def question(kind: Kind, *, taken: Iterable[str], languages: tuple[str, ...]) -> Question:
    """A question of this kind without words, under a free code."""
    codes = set(taken)
    number = len(codes) + 1
    while f"q{number}" in codes:
        number += 1
    return shaped(Question(f"q{number}", kind, {}), languages)


def shaped(question: Question, languages: tuple[str, ...]) -> Question:
    """The question with the parts that its kind has, and without those of another kind."""
    kind = question.kind
    is_bounded, is_day = kind in (Kind.NUMBER, Kind.AMOUNT), kind is Kind.DATE
    return replace(
        question,
        choices=_choices(question) if kind in WITH_CHOICES else (),
        is_shuffled=question.is_shuffled and kind in WITH_CHOICES,
        labels={code: _labels(question, code) for code in languages} if kind in LABELS else {},
        minimum=question.minimum if is_bounded else None,
        maximum=question.maximum if is_bounded else None,
        earliest=question.earliest if is_day else None,
        latest=question.latest if is_day else None,
        word_limit=question.word_limit if kind is Kind.OPEN_TEXT else None,
        probes=question.probes if question.wants_answer else (),
        message=question.message if question.wants_answer else {},
    )


def _choices(question: Question) -> tuple[Choice, ...]:
    if not question.choices:
        return tuple(Choice(f"c{number}", {}) for number in range(1, FIRST_CHOICES + 1))
    is_many = question.kind is Kind.CHOICE_MANY
    return tuple(replace(choice, is_exclusive=choice.is_exclusive and is_many) for choice in question.choices)


def _labels(question: Question, language: str) -> tuple[str, ...]:
    """The scale's words in a language; those of a scale of another length are no words of this one."""
    count, words = LABELS[question.kind], question.labels.get(language, ())
    return words if len(words) == count else SCALE_WORDS[question.kind].get(language, ("",) * count)


def with_stand_ins(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with dots for words that are still missing, so that it can be shown as it will be asked."""
    languages = questionnaire.languages

    def filled(texts: Mapping[str, str]) -> dict[str, str]:
        return {code: texts.get(code) or MISSING for code in languages}

    def question_with(question: Question) -> Question:
        scale = languages if question.kind in LABELS else ()
        labels = {code: tuple(word or MISSING for word in _labels(question, code)) for code in scale}
        choices = tuple(replace(choice, text=filled(choice.text)) for choice in question.choices)
        return replace(question, text=filled(question.text), choices=choices, labels=labels)

    sections = tuple(
        replace(section, title=filled(section.title), questions=tuple(question_with(q) for q in section.questions))
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)
