from __future__ import annotations

import pytest

from callcenter.training.basics import BASICS
from callcenter.training.quizzing import score
from callcenter.training.quizzing import shown


def test_each_try_has_an_order_of_its_own_and_keeps_it():
    first, again, other = (shown(BASICS, seed=seed) for seed in ("1:0", "1:0", "1:1"))

    assert first == again
    assert [one.right for one in first] != [one.right for one in other]


def test_the_right_choice_stays_the_right_one_wherever_it_stands():
    for asked, one in zip(BASICS, shown(BASICS, seed="7:3"), strict=True):
        assert one.choices[one.right] == asked.choices[0]


@pytest.mark.parametrize(("missed", "percent"), [(0, 100), (1, 87), (8, 0)])
def test_the_share_of_right_answers_is_rounded_down_and_no_answer_is_wrong(missed, percent):
    questions = shown(BASICS, seed="1:0")
    chosen = {one.code: one.right for one in questions[missed:]}

    result = score(questions, chosen)

    assert (result.percent, len(result.wrong)) == (percent, missed)


def test_the_basics_are_whole_in_both_languages():
    texts = [text for one in BASICS for text in (one.text, *one.choices)]

    assert all(set(text) == {"fa", "en"} and all(text.values()) for text in texts)
    assert len({one.code for one in BASICS}) == len(BASICS)
