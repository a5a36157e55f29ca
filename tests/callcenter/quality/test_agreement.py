from __future__ import annotations

import pytest

from callcenter.quality import agreement
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark

MARKS = (Mark.FINE, Mark.SLIGHT, Mark.CLEAR, Mark.GRAVE)


def pairs_of(table):
    """Both marks of each case of a contingency table."""
    return [
        (MARKS[row], MARKS[column])
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


# SAS/STAT User's Guide, PROC FREQ, "Agreement Study": two dermatologists judge the skin of 88 patients; kappa 0.3449.
# The others are the examples of the encyclopedia's article on Cohen's kappa: 50 proposals, and the same agreement
# (60 of 100) with other habits.
@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]], 0.3449),
        ([[20, 5], [10, 15]], 0.4000),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[5, 0], [0, 5]], 1.0),
    ],
)
def test_kappa_is_that_of_published_examples(table, expected):
    assert agreement.kappa(pairs_of(table)) == pytest.approx(expected, abs=5e-5)


def test_kappa_says_nothing_where_both_always_gave_one_mark_or_nothing_was_compared():
    assert agreement.kappa(pairs_of([[9]])) is None
    assert agreement.kappa([]) is None


def test_who_is_named_first_changes_nothing():
    pairs = pairs_of([[45, 15], [25, 15]])
    turned = [(second, first) for first, second in pairs]

    assert agreement.kappa(turned) == pytest.approx(agreement.kappa(pairs))
    assert agreement.pooled([pairs, turned]) == pytest.approx(agreement.kappa(pairs))


def test_what_one_could_not_judge_is_not_compared():
    first = dict.fromkeys(Item, Mark.FINE)
    second = {**first, Item.PROBING: Mark.NOT_HEARD, Item.CODING: Mark.CLEAR}

    compared = agreement.compared(first, second)

    assert len(compared) == len(Item) - 1
    assert compared.count((Mark.FINE, Mark.CLEAR)) == 1


@pytest.mark.parametrize(("count", "is_shown", "is_rough"), [(4, False, True), (5, True, True), (30, True, False)])
def test_few_interviews_are_said_to_be_few(count, is_shown, is_rough):
    interview = pairs_of([[4, 1], [1, 1]])

    found = agreement.agreement([[interview] * count])

    assert (found.interviews, found.marks) == (count, 7 * count)
    assert (found.kappa is not None) is is_shown
    assert found.is_rough is is_rough
