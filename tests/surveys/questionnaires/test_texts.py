"""Placeholders in the words read out."""

from __future__ import annotations

import pytest

from surveys.questionnaires.texts import fill
from surveys.questionnaires.texts import needed_in
from surveys.questionnaires.texts import placeholders_in
from surveys.questionnaires.texts import plain
from surveys.questionnaires.texts import values_in


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Hello {member}.", {"member": "Sara"}, "Hello Sara."),
        ("Bought[[ on {purchase_day}]] there", {"purchase_day": "Monday"}, "Bought on Monday there"),
        ("Bought[[ on {purchase_day}]] there", {}, "Bought there"),
        ("[[{member} from {branch}]] hello", {"member": "Sara"}, "hello"),
        ("{member}, hello", {}, ", hello"),
        ("a {member} b", {"member": "{club}", "club": "X"}, "a {club} b"),
        ("[[a {member}]] and [[b {branch}]]", {"member": "M", "branch": "B"}, "a M and b B"),
    ],
)
def test_placeholders_are_filled_and_unfilled_parts_left_out(text, values, expected):
    assert fill(text, values) == expected


def test_a_placeholder_in_brackets_is_not_needed():
    text = "{club}: [[from {branch} ]]{operator}"

    assert placeholders_in(text) == {"club", "branch", "operator"}
    assert needed_in(text) == {"club", "operator"}


def test_values_are_chosen_by_language_and_empty_ones_left_out():
    placeholders = {
        "club": "لمیز",
        "credit": {"fa": "۲۳٬۰۰۰", "en": "23,000"},
        "branch": None,
        "member": "",
        "operator": 7,
    }

    assert values_in("en", placeholders) == {"club": "لمیز", "credit": "23,000", "operator": "7"}
    assert values_in("de", placeholders) == {"club": "لمیز", "operator": "7"}


def test_the_smallest_part_in_brackets_is_left_out():
    assert fill("[[ a [[b {branch}]]c", {}) == "[[ a c"


@pytest.mark.parametrize("read", [plain, needed_in, lambda text: fill(text, {})])
def test_brackets_that_never_close_are_read_in_one_go(read):
    """In time by the square of the length this would take an hour."""
    read("[[" * 200_000)
