from __future__ import annotations

from datetime import date
from random import Random

import pytest

from callcenter.simulation.typing_in import words
from surveys.interviews.answers import accept
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question

TODAY = date(2025, 11, 21)
LIMITS = [
    {"kind": "number"},
    {"kind": "number", "minimum": "10", "maximum": "11"},
    {"kind": "number", "minimum": "-7"},
    {"kind": "number", "maximum": "-3"},
    {"kind": "number", "minimum": "0", "maximum": "0"},
    {"kind": "amount"},
    {"kind": "amount", "minimum": "10000"},
    {"kind": "amount", "minimum": "10001", "maximum": "10020"},
    {"kind": "date"},
    {"kind": "date", "latest": "today"},
    {"kind": "date", "earliest": "today", "latest": "today"},
    {"kind": "date", "earliest": "2025-11-01"},
    {"kind": "date", "earliest": "2020-03-20", "latest": "2020-03-21"},
    {"kind": "open_text"},
    {"kind": "open_text", "words": "1"},
]


@pytest.mark.parametrize("limits", LIMITS, ids=str)
def test_what_is_typed_is_an_answer(limits):
    bounds = {name: int(limits[name]) for name in ("minimum", "maximum") if name in limits}
    days = {name: limits[name] for name in ("earliest", "latest") if name in limits}
    most = int(limits["words"]) if "words" in limits else None
    question = Question("q", Kind(limits["kind"]), {}, **bounds, **days, word_limit=most)

    for seed in range(20):
        typed = words(limits, chance=Random(seed), today=TODAY)

        assert accept(question, AnswerStatus.ANSWERED, typed, today=TODAY).value is not None
