"""What counts as an answer to each kind of question."""

from __future__ import annotations

from datetime import date

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
ALONE = (*CHOICES[:2], Choice("none", {}, is_exclusive=True))
ANSWERED = AnswerStatus.ANSWERED
# 30 Aban 1404.
TODAY = date(2025, 11, 21)


def of(kind, **fields):
    return Question("q", Kind(kind), {}, **{"choices": CHOICES if kind.startswith("choice") else (), **fields})


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
        (of("effort"), "۷", 7, 7),
        (of("amount"), "۱۲۰٬۰۰۰", 1_200_000, None),
        (of("amount"), "450,000,000", 4_500_000_000, None),
        (of("amount", minimum=10_000, maximum=10_000), " 1000 ", 10_000, None),
        (of("date"), "۱۴۰۴/۰۸/۳۰", "2025-11-21", None),
        (of("date", latest="today"), "2025-11-21", "2025-11-21", None),
        (of("date", earliest="2025-01-01", latest="2025-12-31"), "1403.10.12", "2025-01-01", None),
        (of("choice_many", choices=ALONE), ["none"], ["none"], None),
        (of("choice_many", choices=ALONE), ["cake", "tea"], ["tea", "cake"], None),
        (of("open_text", word_limit=3), "خیلی  خوب\nبود", "خیلی خوب بود", None),
        (of("introduction"), None, True, None),
        (of("closing"), "", True, None),
    ],
)
def test_an_answer_is_stored_in_one_form(question, value, stored, number):
    assert accept(question, ANSWERED, value, today=TODAY) == Accepted(ANSWERED, stored, number)


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
        (of("effort"), 0),
        (of("effort"), 8),
        (of("amount"), "-1"),
        (of("amount"), "1.5"),
        (of("amount"), "12,00"),
        (of("amount", minimum=10_000), "999"),
        (of("amount", maximum=10_000), "1001"),
        (of("amount"), "9" * 16),
        (of("amount"), None),
        (of("date"), "1404/13/01"),
        (of("date"), "2025-02-30"),
        (of("date"), "yesterday"),
        (of("date"), 14040830),
        (of("date"), "0000/01/01"),
        (of("date", latest="today"), "1404/09/01"),
        (of("date", earliest="today"), "2025-11-20"),
        (of("date", earliest="2025-01-01"), "2024-12-31"),
        (of("choice_many", choices=ALONE), ["tea", "none"]),
        (of("open_text", word_limit=3), "خیلی خیلی خوب بود"),
        (of("instruction"), "something"),
    ],
)
def test_what_is_no_answer_is_refused_by_the_question(question, value):
    with pytest.raises(InvalidAnswerError) as refused:
        accept(question, ANSWERED, value, today=TODAY)

    assert refused.value.field == "q"


@pytest.mark.parametrize("status", [AnswerStatus.DONT_KNOW, AnswerStatus.REFUSED])
def test_not_knowing_and_refusing_come_without_a_value(status):
    assert accept(of("rating"), status, None, today=TODAY) == Accepted(status, None, None)
    with pytest.raises(InvalidAnswerError):
        accept(of("rating"), status, 3, today=TODAY)


@pytest.mark.parametrize("kind", ["consent", "introduction", "instruction", "closing"])
def test_consent_and_what_is_read_out_have_no_refusal(kind):
    with pytest.raises(InvalidAnswerError):
        accept(of(kind), AnswerStatus.REFUSED, None, today=TODAY)
