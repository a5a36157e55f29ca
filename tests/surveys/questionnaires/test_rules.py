"""When a question is asked."""

from __future__ import annotations

import pytest

from surveys.questionnaires.rules import Condition
from surveys.questionnaires.rules import Every
from surveys.questionnaires.rules import Rule
from surveys.questionnaires.rules import holds


@pytest.mark.parametrize(
    ("answer", "operator", "value", "expected"),
    [
        (2, "<=", 2, True),
        (3, "<=", 2, False),
        (1, "<", 2, True),
        (2, "<", 2, False),
        (5, ">=", 4, True),
        (3, ">=", 4, False),
        (5, ">", 4, True),
        (4, ">", 4, False),
        (4, "=", 4, True),
        ("yes", "=", "no", False),
        ("yes", "!=", "no", True),
        ("no", "!=", "no", False),
        ("tea", "in", ["tea", "cake"], True),
        ("milk", "in", ["tea", "cake"], False),
        (["tea", "cake"], "has", "cake", True),
        (["tea"], "has", "cake", False),
        ("tea", "has", "t", False),
        ("three", "<=", 4, False),
        (True, "<=", 4, False),
        ("", "answered", None, True),
    ],
)
def test_an_operator_compares_the_answer_with_the_value(answer, operator, value, expected):
    rule = Rule(Every.ALL, (Condition("q1", operator, value),))

    assert holds(rule, {"q1": answer}) is expected


def test_a_question_without_a_rule_is_always_asked():
    assert holds(None, {})


@pytest.mark.parametrize("operator", ["<=", "!=", "=", "answered"])
def test_a_condition_on_a_question_without_an_answer_does_not_hold(operator):
    assert not holds(Rule(Every.ALL, (Condition("q1", operator, 2),)), {"q2": 1})


@pytest.mark.parametrize(("every", "expected"), [(Every.ALL, False), (Every.ANY, True)])
def test_all_conditions_or_any_one_must_hold(every, expected):
    rule = Rule(every, (Condition("q1", "=", 1), Condition("q2", "=", 1)))

    assert holds(rule, {"q1": 1, "q2": 2}) is expected
