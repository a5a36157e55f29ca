"""Whatever is sent as an answer: it is kept in a form that the database can hold, or it is refused by name."""

from __future__ import annotations

import contextlib
import json
from datetime import date

from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from surveys.interviews.answers import NUMBER_LIMIT
from surveys.interviews.answers import accept
from surveys.interviews.errors import InvalidAnswerError
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.document import Choice
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question

TODAY = date(2025, 11, 22)
CHOICES = (Choice("tea", {}), Choice("cake", {}), Choice("none", {}, is_exclusive=True))
BOUNDS = st.none() | st.integers(-(10**20), 10**20)
WORDS = st.text(max_size=20) | st.sampled_from(
    ["yes", "tea", "none", "5", "۷", "-1", "99999999999", "۱۴۰۴/۰۸/۳۱", "2025-02-30", "١٢٣٬٤٥٦", "a\x00b", "\ud800"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@example(Kind.OPEN_TEXT, AnswerStatus.ANSWERED, "a\x00b", None, None)
@example(Kind.OPEN_TEXT, AnswerStatus.ANSWERED, "a\ud800b", None, None)
@example(Kind.NUMBER, AnswerStatus.ANSWERED, "9999999999", None, 10**12)
@example(Kind.DATE, AnswerStatus.ANSWERED, "9999-99-99", None, None)
@given(st.sampled_from(Kind), st.sampled_from(AnswerStatus), VALUES, BOUNDS, BOUNDS)
def test_any_value_is_kept_as_it_can_be_stored_or_refused(kind, status, value, minimum, maximum):
    question = Question("q", kind, {}, choices=CHOICES, minimum=minimum, maximum=maximum)
    accepted = None

    with contextlib.suppress(InvalidAnswerError):
        accepted = accept(question, status, value, today=TODAY)

    if accepted is not None:
        assert "\\u0000" not in json.dumps(accepted.value, allow_nan=False)
        json.dumps(accepted.value, ensure_ascii=False).encode()
        assert accepted.number is None or abs(accepted.number) <= NUMBER_LIMIT
