"""What is to be mended before a survey is published, and what deserves a second look. Pure."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

from surveys.authoring import timing
from surveys.authoring.reaching import never_asked
from surveys.authoring.texts import texts_of
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import WITHOUT_VALUE
from surveys.questionnaires.texts import PLACEHOLDERS
from surveys.questionnaires.texts import placeholders_in
from surveys.questionnaires.texts import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surveys.authoring.timing import Past
    from surveys.questionnaires.document import Question
    from surveys.questionnaires.document import Questionnaire

# Members hang up on a stranger who asks longer; field.md has the studies.
LONGEST_MINUTES = 7.0
# More words than this cannot be kept in mind until the question mark.
LONGEST_QUESTION = 45
COUNTED = (Dimension.PRICE, Dimension.QUALITY, Dimension.SERVICE)
SCORED = (Kind.RATING,)


class What(StrEnum):
    """The kinds of findings. Those of MUST keep a survey from being published."""

    NOTHING_ASKED = "nothing_asked"
    NO_CLOSING = "no_closing"
    CLOSING_NOT_LAST = "closing_not_last"
    TITLE_MISSING = "title_missing"
    SECTION_TITLE_MISSING = "section_title_missing"
    TEXT_MISSING = "text_missing"
    PART_MISSING = "part_missing"
    FEW_CHOICES = "few_choices"
    BOUNDS_CROSSED = "bounds_crossed"
    ALL_EXCLUSIVE = "all_exclusive"
    CONSENT_SHUFFLED = "consent_shuffled"
    RULE_SHUFFLED = "rule_shuffled"
    PLACEHOLDER_UNKNOWN = "placeholder_unknown"
    RULE_LOOKS_FORWARD = "rule_looks_forward"
    RULE_LOOKS_NOWHERE = "rule_looks_nowhere"
    RULE_UNFINISHED = "rule_unfinished"
    RULE_CHOICE_GONE = "rule_choice_gone"
    NEVER_ASKED = "never_asked"
    DIMENSION_EMPTY = "dimension_empty"
    TOO_LONG = "too_long"
    QUESTION_LONG = "question_long"
    SAME_WORDS = "same_words"
    NO_INTRODUCTION = "no_introduction"
    NO_CONSENT = "no_consent"
    SECTION_EMPTY = "section_empty"


ADVICE = frozenset(list(What)[list(What).index(What.NEVER_ASKED) :])


@dataclass(frozen=True)
class Finding:
    """One finding, at a question, a section or (both empty) the whole; `facts` complete its sentence."""

    what: What
    question: str = ""
    section: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_advice(self) -> bool:
        """Whether the survey can be published all the same."""
        return self.what in ADVICE


def findings(questionnaire: Questionnaire, *, past: Past = timing.NOTHING_YET) -> list[Finding]:
    """All findings, what must be mended first, each in the order of reading."""
    found = [
        *_shape(questionnaire),
        *_titles(questionnaire),
        *(one for question in questionnaire.questions for one in _parts(question, questionnaire)),
        *_rules(questionnaire),
        *_shuffled(questionnaire),
        *(Finding(What.NEVER_ASKED, code) for code in never_asked(questionnaire)),
        *_counted(questionnaire),
        *_length(questionnaire, past),
        *_same_words(questionnaire),
    ]
    return sorted(found, key=lambda finding: finding.is_advice)


def _shape(questionnaire: Questionnaire) -> Iterator[Finding]:
    kinds = Counter(question.kind for question in questionnaire.questions)
    if not any(question.wants_answer for question in questionnaire.questions):
        yield Finding(What.NOTHING_ASKED)
    if not kinds[Kind.CLOSING]:
        yield Finding(What.NO_CLOSING)
    for question in questionnaire.questions:
        is_last = question is questionnaire.questions[-1]
        if question.kind is Kind.CLOSING and (not is_last or question.when is not None):
            yield Finding(What.CLOSING_NOT_LAST, question.code)
    if kinds[Kind.CLOSING] == 1 and questionnaire.questions[-1].kind is not Kind.CLOSING:
        yield Finding(What.CLOSING_NOT_LAST, questionnaire.questions[-1].code)
    if not kinds[Kind.INTRODUCTION]:
        yield Finding(What.NO_INTRODUCTION)
    if not kinds[Kind.CONSENT]:
        yield Finding(What.NO_CONSENT)


def _titles(questionnaire: Questionnaire) -> Iterator[Finding]:
    for language in questionnaire.languages:
        if language not in questionnaire.title:
            yield Finding(What.TITLE_MISSING, facts={"language": language})
        for section in questionnaire.sections:
            if language not in section.title:
                yield Finding(What.SECTION_TITLE_MISSING, section=section.code, facts={"language": language})
    for section in questionnaire.sections:
        if not section.questions:
            yield Finding(What.SECTION_EMPTY, section=section.code)


def _parts(question: Question, questionnaire: Questionnaire) -> Iterator[Finding]:
    for part in texts_of(question, questionnaire.languages):
        for language in questionnaire.languages:
            if not part.words.get(language):
                what = What.TEXT_MISSING if part.name == "text" else What.PART_MISSING
                yield Finding(what, question.code, facts={"language": language, "part": part.name})
        for name in sorted({name for words in part.words.values() for name in placeholders_in(words)}):
            if name not in PLACEHOLDERS:
                yield Finding(What.PLACEHOLDER_UNKNOWN, question.code, facts={"name": name})
    is_moving = TODAY in (question.earliest, question.latest)
    mistakes = {
        What.FEW_CHOICES: question.kind in WITH_CHOICES and len(question.choices) < 2,  # noqa: PLR2004 - one is no choice
        What.ALL_EXCLUSIVE: question.choices and all(choice.is_exclusive for choice in question.choices),
        What.BOUNDS_CROSSED: _are_crossed(question.minimum, question.maximum)
        or (not is_moving and _are_crossed(question.earliest, question.latest)),
    }
    yield from (Finding(what, question.code) for what, is_there in mistakes.items() if is_there)


def _are_crossed(lowest: Any, highest: Any) -> bool:
    return lowest is not None and highest is not None and bool(lowest > highest)


def _shuffled(questionnaire: Questionnaire) -> Iterator[Finding]:
    for section in questionnaire.sections:
        beside = {question.code for question in section.questions} if section.is_shuffled else set()
        for question in section.questions:
            if beside and question.kind is Kind.CONSENT:
                yield Finding(What.CONSENT_SHUFFLED, question.code)
            for condition in question.when.conditions if question.when else ():
                if condition.question in beside:
                    yield Finding(What.RULE_SHUFFLED, question.code, facts={"other": condition.question})


def _rules(questionnaire: Questionnaire) -> Iterator[Finding]:
    before: set[str] = set()
    for question in questionnaire.questions:
        for condition in question.when.conditions if question.when else ():
            at = questionnaire.by_code.get(condition.question)
            if at is None or not at.wants_answer:
                yield Finding(What.RULE_LOOKS_NOWHERE, question.code)
            elif condition.question not in before:
                yield Finding(What.RULE_LOOKS_FORWARD, question.code, facts={"other": condition.question})
            elif condition.operator not in WITHOUT_VALUE and condition.value is None:
                yield Finding(What.RULE_UNFINISHED, question.code)
            elif at.kind in WITH_CHOICES and condition.operator not in WITHOUT_VALUE:
                known = {choice.code for choice in at.choices}
                chosen = condition.value if isinstance(condition.value, list) else [condition.value]
                if not known.issuperset(chosen):
                    yield Finding(What.RULE_CHOICE_GONE, question.code, facts={"other": condition.question})
        before.add(question.code)


def _counted(questionnaire: Questionnaire) -> Iterator[Finding]:
    there = {
        section.dimension
        for section in questionnaire.sections
        if any(question.kind in SCORED for question in section.questions)
    }
    for dimension in COUNTED:
        if dimension not in there:
            yield Finding(What.DIMENSION_EMPTY, facts={"dimension": dimension})


def _length(questionnaire: Questionnaire, past: Past) -> Iterator[Finding]:
    minutes = timing.minutes_of(questionnaire, past)
    if minutes > LONGEST_MINUTES:
        yield Finding(What.TOO_LONG, facts={"minutes": minutes})
    for question in questionnaire.questions:
        words = max((len(plain(text).split()) for text in question.text.values()), default=0)
        if question.wants_answer and question.kind is not Kind.CONSENT and words > LONGEST_QUESTION:
            yield Finding(What.QUESTION_LONG, question.code, facts={"words": words})


def _same_words(questionnaire: Questionnaire) -> Iterator[Finding]:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for question in questionnaire.questions:
        words = question.text.get(questionnaire.languages[0], "") if questionnaire.languages else ""
        if words:
            said[" ".join(words.split()).casefold()].append(question.code)
    for first, *others in said.values():
        for code in others:
            yield Finding(What.SAME_WORDS, code, facts={"other": first})
