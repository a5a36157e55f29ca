"""Whatever stands in the cells or the bytes: a questionnaire, or reasons; never anything else."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from surveys.questionnaires.xlsform import cells
from surveys.questionnaires.xlsform import sheets
from surveys.questionnaires.xlsform.bounds import BoundError
from surveys.questionnaires.xlsform.bounds import bounds_of
from surveys.questionnaires.xlsform.expressions import ExpressionError
from surveys.questionnaires.xlsform.expressions import parse
from surveys.questionnaires.xlsform.findings import RefusedFormError
from surveys.questionnaires.xlsform.reading import form_of
from surveys.questionnaires.xlsform.relevance import RelevanceError
from surveys.questionnaires.xlsform.relevance import rule_of
from surveys.questionnaires.xlsform.sheets import Sheets
from tests.surveys.questionnaires.xlsform.books import SMALL
from tests.surveys.questionnaires.xlsform.books import xlsx

FREELY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
GOOD = xlsx(**SMALL)
PIECES = st.sampled_from(
    ["${a}", "${b}", "'x'", '"', "'", "(", ")", "and", "or", "not(", "selected(", ",", ".", "=", "!=", "<=", ">", "1",
     "-2.5", "date('2025-13-01')", "today()", "count-selected(.)", "+", "\u0000", "ب", " ", "999999999999999999999"]
)  # fmt: skip
EXPRESSIONS = st.lists(PIECES, max_size=12).map(" ".join)
TYPES = st.sampled_from(
    ["text", "note", "integer", "range", "select_one l", "select_multiple l", "begin group", "end group", "date",
     "image"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["a", "b", "l", "yes", "no", "1", "2", "5", "rating", "effort", "recommend", "closing", "consent", "price", "none",
     "randomize=true", "start=1 end=9", "{member}", "[[x", "{"]
)  # fmt: skip
CELLS = st.text(max_size=12) | EXPRESSIONS | WORDS
HEADINGS = [
    "type", "name", "label", "label::fa", "label::English (en)", "hint", "guidance_hint", "relevant", "constraint",
    "constraint_message", "required", "parameters", "hamseda_kind", "hamseda_dimension", "hamseda_shuffled",
    "hamseda_word_limit", "hamseda_code", "calculation", "media::image", "list_name", "hamseda_fixed", "", "::",
    "a::b::c",
]  # fmt: skip
ROWS = st.lists(st.dictionaries(st.sampled_from(HEADINGS) | st.text(max_size=5), CELLS, max_size=8), max_size=3)
ASKED = st.fixed_dictionaries(
    {"type": TYPES, "name": WORDS, "label": WORDS},
    optional={
        "relevant": EXPRESSIONS, "constraint": EXPRESSIONS, "parameters": WORDS, "hamseda_kind": WORDS,
        "hint": WORDS, "label::fa": WORDS, "required": WORDS, "hamseda_word_limit": WORDS,
    },
)  # fmt: skip
LISTED = st.fixed_dictionaries({"list_name": st.just("l"), "name": WORDS, "label": WORDS})
BOOKS = st.fixed_dictionaries(
    {"survey": st.lists(ASKED, max_size=5) | ROWS, "choices": st.lists(LISTED, max_size=5) | ROWS, "settings": ROWS}
)


@FREELY
@given(BOOKS)
def test_any_cells_give_a_form_or_reasons(rows):
    headings = {name: ["type", "name", "label"] for name in rows}

    reasons, form = None, None
    try:
        form = form_of(Sheets(rows, headings), "x.xlsx")
    except RefusedFormError as error:
        reasons = [finding.line() for finding in error.findings]

    assert form.questionnaire.languages if form else all(reasons) and reasons


@FREELY
@given(EXPRESSIONS)
def test_any_expression_is_read_or_refused(text):
    with contextlib.suppress(ExpressionError, RelevanceError):
        rule_of(parse(text), {})
    with contextlib.suppress(ExpressionError, BoundError):
        bounds_of(parse(text))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_file_with_bytes_changed_anywhere_is_read_or_refused(data):
    broken = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 20))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))

    with contextlib.suppress(RefusedFormError):
        found = cells.plain(bytes(broken), sheets.suffix_of(bytes(broken), "x.xlsx"))
        if found is not None:
            form_of(sheets.of_plain(found), "x.xlsx")


def test_a_rule_within_thousands_of_brackets_is_refused():
    for text in ("(" * 3000 + "1" + ")" * 3000, "not(" * 900 + "1", " and ".join(["1"] * 900)):
        with contextlib.suppress(ExpressionError, RelevanceError):
            rule_of(parse(text), {})
