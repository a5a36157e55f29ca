"""A question as its form sends it."""

from dataclasses import replace

import pytest
from werkzeug.datastructures import MultiDict

from surveys.authoring import acting
from surveys.authoring import editing
from surveys.authoring import form
from surveys.authoring import starting
from surveys.questionnaires.document import Kind
from surveys.questionnaires.rules import Condition
from surveys.questionnaires.rules import Every
from tests.surveys.questionnaires.samples import short_questionnaire

SURVEY = short_questionnaire()


def read(code="word", **fields):
    return form.question_from(MultiDict(fields.pop("rows", []) + list(fields.items())), SURVEY.by_code[code], SURVEY)


def test_words_are_kept_in_each_language_and_an_empty_one_is_missing():
    question, wrong = read(**{"text-fa": "  چه   چيزي؟ ", "text-en": " ", "hint-en": "Wait."})

    assert question.text == {"fa": "چه چیزی؟"}
    assert question.hint == {"en": "Wait."}
    assert wrong == {}


def test_another_kind_brings_the_parts_it_needs():
    assert len(read(kind="choice_one")[0].choices) == 2
    assert [len(words) for words in read(kind="rating")[0].labels.values()] == [5, 5]
    assert read(kind="nonsense")[0].kind is Kind.OPEN_TEXT


def test_a_new_choice_counts_when_it_has_words():
    rows = [("choice", "c1"), ("choice", "c2"), ("choice", "c3")]
    question, _wrong = read(kind="choice_one", rows=rows, **{"choice-c1-fa": "بله", "choice-c3-en": "No"})

    assert [(one.code, one.text) for one in question.choices] == [("c1", {"fa": "بله"}), ("c3", {"en": "No"})]


def test_a_number_that_is_none_is_told_and_the_rest_is_kept():
    question, wrong = read(kind="number", minimum="۳", maximum="many", **{"text-fa": "چند؟"})

    assert (question.minimum, question.maximum, question.text) == (3, None, {"fa": "چند؟"})
    assert wrong == {"maximum": "many"}


def test_a_rule_is_made_row_by_row():
    rows = [("when", "0"), ("when", "1"), ("when-1-value", "4"), ("when-1-value", "۵"), ("when-1-value", "9")]
    question, _wrong = read(
        rows=rows,
        rule="1",
        every="any",
        **{"when-0-question": "consent", "when-0-is": "=", "when-0-value": "yes"},
        **{"when-1-question": "staff", "when-1-is": "in"},
    )

    assert question.when.every is Every.ANY
    assert question.when.conditions == (Condition("consent", "=", "yes"), Condition("staff", "in", [4, 5]))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"when-0-question": "staff", "when-0-is": "has", "when-0-value": "4"}, Condition("staff", "<=")),
        ({"when-0-question": "staff", "when-0-is": "=", "when-0-value": "9"}, Condition("staff", "=")),
        ({"when-0-question": "staff", "when-0-is": "answered", "when-0-value": "4"}, Condition("staff", "answered")),
        ({"when-0-question": "wrong", "when-0-is": "answered"}, Condition("wrong", "answered")),
    ],
)
def test_a_comparison_that_does_not_suit_the_question_becomes_one_that_does(fields, expected):
    question, _wrong = read(rows=[("when", "0")], rule="1", **fields)

    assert question.when.conditions == (expected,)


def test_a_further_condition_begins_with_the_likeliest_comparison():
    assert read(rule="1", **{"new-condition": "overall"})[0].when.conditions == (Condition("overall", "<="),)


def test_a_form_without_rows_takes_the_rule_away_and_a_form_without_rules_keeps_it():
    assert read("wrong", rule="1")[0].when is None
    assert read("wrong")[0].when == SURVEY.by_code["wrong"].when


@pytest.mark.parametrize(
    ("kind", "typed", "field", "kept"),
    [
        ("amount", "۵۰٬۰۰۰", "minimum", 500_000),
        ("number", "-3", "minimum", -3),
        ("date", "۱۴۰۴/۰۱/۰۱", "earliest", "2025-03-21"),
        ("date", "2025-03-21", "latest", "2025-03-21"),
        ("date", "امروز", "latest", "today"),
        ("open_text", "۲۰", "word_limit", 20),
    ],
)
def test_a_limit_is_kept_in_one_form(kind, typed, field, kept):
    assert getattr(read(kind=kind, **{field: typed})[0], field) == kept


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("amount", "-1", "minimum"),
        ("date", "yesterday", "earliest"),
        ("date", "1404/13/01", "earliest"),
        ("open_text", "0", "word_limit"),
    ],
)
def test_a_limit_that_is_none_is_told(kind, typed, field):
    question, wrong = form.question_from(MultiDict({"kind": kind, field: typed}), starting.shaped(
        replace(SURVEY.by_code["word"], kind=Kind(kind)), SURVEY.languages), SURVEY)  # fmt: skip

    assert wrong == {field: typed}
    assert getattr(question, field) is None


def test_probes_marks_and_the_message_are_kept_where_they_fit():
    rows = [("choice", "c1"), ("choice", "c2"), ("probe", "0"), ("probe", "1"), ("probe", "2")]
    fields = {
        "choice-c1-fa": "قیمت",
        "choice-c2-fa": "هیچ‌کدام",
        "choice-c2-is_exclusive": "1",
        "choice-c2-is_fixed": "1",
        "probe-0-fa": "یعنی چه؟",
        "probe-2-en": "Else?",
        "message-fa": "یکی را انتخاب کنید.",
        "is_shuffled": "1",
    }

    question, _wrong = read(kind="choice_many", rows=rows, **fields)

    assert [(one.is_exclusive, one.is_fixed) for one in question.choices] == [(False, False), (True, True)]
    assert question.probes == ({"fa": "یعنی چه؟"}, {"en": "Else?"})
    assert (question.is_shuffled, question.message) == (True, {"fa": "یکی را انتخاب کنید."})
    closing, _wrong = read(kind="closing", rows=rows, **fields)
    assert (closing.choices, closing.probes, closing.message, closing.is_shuffled) == ((), (), {}, False)


def test_amounts_and_days_are_compared_as_they_are_typed():
    spent = replace(SURVEY.by_code["overall"], kind=Kind.AMOUNT)
    came = replace(SURVEY.by_code["staff"], kind=Kind.DATE)
    survey = editing.put(editing.put(SURVEY, "overall", spent), "staff", came)
    fields = {
        "when-0-question": "overall",
        "when-0-is": ">=",
        "when-0-value": "100,000",
        "when-1-question": "staff",
        "when-1-is": "<",
        "when-1-value": "۱۴۰۴/۰۱/۰۱",
    }

    question, _wrong = form.question_from(
        MultiDict([("when", "0"), ("when", "1"), ("rule", "1"), *fields.items()]), survey.by_code["word"], survey
    )

    assert question.when.conditions == (Condition("overall", ">=", 1_000_000), Condition("staff", "<", "2025-03-21"))


def test_a_choice_whose_code_is_none_is_left_out():
    rows = [("choice", code) for code in ("c1", "", " ", "c\x00", "C 1", "c" * 41)]
    question, _wrong = read(kind="choice_one", rows=rows, **{f"choice-{code}-fa": "بله" for _name, code in rows})

    assert [one.code for one in question.choices] == ["c1"]


def test_a_rule_has_so_many_conditions_and_what_is_beyond_is_told():
    rows = [("when", str(n)) for n in range(25)]
    given = {
        f"when-{n}-{name}": value for n in range(25) for name, value in (("question", "staff"), ("is", "answered"))
    }

    question, wrong = read(rows=rows, **given)

    assert len(question.when.conditions) == form.MOST_CONDITIONS
    assert wrong == {"conditions": "5"}


@pytest.mark.parametrize("place", ["9" * 5000, "-1", "۰", "x", ""])
def test_a_condition_that_is_not_there_cannot_be_removed(place):
    assert acting.act(SURVEY, ("question", "wrong"), f"condition-remove:{place}")[0] == SURVEY
