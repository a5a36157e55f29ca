"""What a question of each kind must have, may have and cannot have: sentences that name the place and the mend."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from surveys.questionnaires.document import LABELS
from surveys.questionnaires.document import TODAY
from surveys.questionnaires.document import WITH_CHOICES
from surveys.questionnaires.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from surveys.questionnaires.document import Question


def problems_of(question: Question) -> list[str]:
    """Every problem of one question for itself."""
    place = f"question {question.code!r}"
    return [
        *_choices(question, place),
        *_labels(question, place),
        *_bounds(question, place),
        *(
            f"{place}: a question of kind {question.kind} has no {name}; remove it"
            for name, is_set, fits in _PARTS
            if is_set(question) and not fits(question)
        ),
    ]


def _choices(question: Question, place: str) -> Iterator[str]:
    if question.kind in WITH_CHOICES and len(question.choices) < 2:  # noqa: PLR2004 - a choice is between two at least
        yield f"{place}: write at least two choices"
    if question.kind not in WITH_CHOICES and question.choices:
        yield f"{place}: a question of kind {question.kind} has no choices; remove them"
    exclusive = [choice for choice in question.choices if choice.is_exclusive]
    if exclusive and question.kind is not Kind.CHOICE_MANY:
        yield f"{place}: only where many can be chosen can a choice be exclusive; remove the mark"
    elif exclusive and len(exclusive) == len(question.choices):
        yield f"{place}: all its choices are exclusive; make it a question of kind {Kind.CHOICE_ONE}"


def _labels(question: Question, place: str) -> Iterator[str]:
    count = LABELS.get(question.kind)
    if count is None:
        return
    for language, words in question.labels.items():
        if len(words) != count:
            yield f"{place}, labels in {language!r}: write {count} words, lowest first, not {len(words)}"
        elif not all(words):
            yield f"{place}, labels in {language!r}: word {words.index('') + 1} is missing; write it"


def _bounds(question: Question, place: str) -> Iterator[str]:
    lowest, highest, earliest, latest = question.minimum, question.maximum, question.earliest, question.latest
    if lowest is not None and highest is not None and lowest > highest:
        yield f"{place}: minimum {lowest} is above maximum {highest}; exchange them"
    if question.kind is Kind.AMOUNT and min(lowest or 0, highest or 0) < 0:
        yield f"{place}: an amount is never below 0; correct its bounds"
    if earliest and latest and TODAY not in {earliest, latest} and earliest > latest:
        yield f"{place}: earliest {earliest} is after latest {latest}; exchange them"
    if question.word_limit is not None and question.word_limit < 1:
        yield f"{place}, word_limit: write at least 1, or remove it"


def _is_of(*kinds: Kind) -> Callable[[Question], bool]:
    return lambda question: question.kind in kinds


# What came with later releases is refused where it means nothing; what the first release let pass is still read.
_PARTS: tuple[tuple[str, Callable[[Question], Any], Callable[[Question], bool]], ...] = (
    ("earliest", lambda question: question.earliest, _is_of(Kind.DATE)),
    ("latest", lambda question: question.latest, _is_of(Kind.DATE)),
    ("word_limit", lambda question: question.word_limit, _is_of(Kind.OPEN_TEXT)),
    ("random order", lambda question: question.is_shuffled, _is_of(*WITH_CHOICES)),
    ("probes", lambda question: question.probes, lambda question: question.wants_answer),
    ("message", lambda question: question.message, lambda question: question.wants_answer),
)
