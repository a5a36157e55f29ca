from __future__ import annotations

import pytest

from callcenter.quality import scoring
from callcenter.quality.scoring import Item
from callcenter.quality.scoring import Mark
from callcenter.quality.scoring import Verdict

FINE = dict.fromkeys(Item, Mark.FINE)


# The bounds of the severity points: 0 to 7, 8 to 19, from 20 on.
@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, Verdict.PASS),
        (7, Verdict.PASS),
        (8, Verdict.WARNING),
        (19, Verdict.WARNING),
        (20, Verdict.FAIL),
        (91, Verdict.FAIL),
    ],
)
def test_the_points_say_what_follows(total, expected):
    assert scoring.verdict(total, is_fabricated=False) is expected


def test_a_made_up_answer_fails_a_faultless_interview():
    assert scoring.verdict(scoring.points(FINE), is_fabricated=True) is Verdict.FAIL


@pytest.mark.parametrize(
    ("wrong", "total", "expected"),
    [
        ({}, 0, Verdict.PASS),
        ({Item.INTRODUCTION: Mark.GRAVE}, 7, Verdict.PASS),
        ({Item.VERBATIM: Mark.CLEAR}, 6, Verdict.PASS),
        ({Item.CONSENT: Mark.CLEAR}, 9, Verdict.WARNING),
        ({Item.VERBATIM: Mark.CLEAR, Item.PROBING: Mark.CLEAR}, 12, Verdict.WARNING),
        (dict.fromkeys(Item, Mark.SLIGHT), 13, Verdict.WARNING),
        ({Item.CONSENT: Mark.GRAVE}, 21, Verdict.FAIL),
        ({Item.VERBATIM: Mark.GRAVE, Item.CODING: Mark.GRAVE}, 28, Verdict.FAIL),
        ({Item.PROBING: Mark.NOT_HEARD}, 0, Verdict.PASS),
    ],
)
def test_what_weighs_more_costs_more(wrong, total, expected):
    found = scoring.points({**FINE, **wrong})

    assert found == total
    assert scoring.verdict(found, is_fabricated=False) is expected


def test_a_card_needs_every_mark_and_something_that_was_heard():
    some = {item: mark for item, mark in FINE.items() if item is not Item.CLOSING}

    assert scoring.is_judged(FINE)
    assert not scoring.is_judged(some)
    assert not scoring.is_judged(dict.fromkeys(Item, Mark.NOT_HEARD))
