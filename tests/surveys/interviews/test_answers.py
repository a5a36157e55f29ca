"""What counts as an answer to each kind of question."""

from __future__ import annotations

import pytest

from surveys.interviews.answers import NUMBER_LIMIT
from surveys.interviews.answers import OPEN_TEXT_LIMIT
from surveys.interviews.answers import VALIDATORS
from surveys.interviews.answers import Accepted
from surveys.interviews.answers import accept
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question

CHOICES = (Choice("tea", {}), Choice("cake", {}), Choice("other", {}))
ANSWERED = AnswerStatus.ANSWERED


def of(kind, **fields):
    return Question("q", Kind(kind), {}, choices=CHOICES if kind.startswith("choice") else (), **fields)


def test_every_kind_has_its_validator():
    assert set(VALIDATORS) == set(Kind)


@pytest.mark.parametrize(
    ("question", "value", "stored", "number"),
    [
        (of("rating"), 1, 1, 1),
        (of("rating"), "5", 5, 5),
        (of("rating"), "۴", 4, 4),
        (of("recommend"), 0, 0, 0),
        (of("recommend"), 10, 10, 10),
        (of("consent"), "no", "no", None),
        (of("yes_no"), "yes", "yes", None),
        (of("choice_one"), "cake", "cake", None),
        (of("choice_many"), ["other", "tea", "tea"], ["tea", "other"], None),
        (of("choice_many"), "tea", ["tea"], None),
        (of("open_text"), "  خيلي   خوب\nبود ", "خیلی خوب بود", None),
        (of("number"), "-۱۲", -12, -12),
        (of("number", minimum=1, maximum=9), 9, 9, 9),
        (of("introduction"), None, True, None),
        (of("closing"), "", True, None),
    ],
)
def test_an_answer_is_stored_in_one_form(question, value, stored, number):
    assert accept(question, ANSWERED, value) == Accepted(ANSWERED, stored, number)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (of("rating"), 0),
        (of("rating"), 6),
        (of("rating"), True),
        (of("rating"), 3.0),
        (of("rating"), "three"),
        (of("rating"), None),
        (of("rating"), "1" * 5000),
        (of("rating"), [3]),
        (of("recommend"), 11),
        (of("recommend"), -1),
        (of("consent"), "maybe"),
        (of("consent"), True),
        (of("yes_no"), ["yes"]),
        (of("choice_one"), "milk"),
        (of("choice_one"), ["tea"]),
        (of("choice_many"), []),
        (of("choice_many"), ["tea", "milk"]),
        (of("choice_many"), [{}]),
        (of("choice_many"), {"tea": 1}),
        (of("open_text"), " \u200c\n "),
        (of("open_text"), 7),
        (of("open_text"), "x" * (OPEN_TEXT_LIMIT + 1)),
        (of("number", minimum=1, maximum=9), 10),
        (of("number"), NUMBER_LIMIT + 1),
        (of("number"), ""),
        (of("instruction"), "something"),
    ],
)
def test_what_is_no_answer_is_refused_by_the_question(question, value):
    with pytest.raises(InvalidAnswerError) as refused:
        accept(question, ANSWERED, value)

    assert refused.value.field == "q"


@pytest.mark.parametrize("status", [AnswerStatus.DONT_KNOW, AnswerStatus.REFUSED])
def test_not_knowing_and_refusing_come_without_a_value(status):
    assert accept(of("rating"), status, None) == Accepted(status, None, None)
    with pytest.raises(InvalidAnswerError):
        accept(of("rating"), status, 3)


@pytest.mark.parametrize("kind", ["consent", "introduction", "instruction", "closing"])
def test_consent_and_what_is_read_out_have_no_refusal(kind):
    with pytest.raises(InvalidAnswerError):
        accept(of(kind), AnswerStatus.REFUSED, None)
