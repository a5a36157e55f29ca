from __future__ import annotations

import time
from random import Random

import pytest

from surveys.questionnaires import wordwise
from surveys.questionnaires.wordwise import pieces


def told(old, new):
    return [(" ".join(gone), " ".join(came), is_same) for gone, came, is_same in pieces(old.split(), new.split())]


def test_words_that_went_and_came_stand_between_those_that_stayed():
    assert told("good morning to you", "good evening to you all") == [
        ("good", "good", True),
        ("morning", "evening", False),
        ("to you", "to you", True),
        ("", "all", False),
    ]
    assert told("", "") == []


def test_beyond_the_limit_sentences_are_compared_and_then_nothing(monkeypatch):
    old, new = "a b. c d. e f.", "a x. c d. e y."
    monkeypatch.setattr(wordwise, "MOST_LOOKS", 12)

    by_sentence = told(old, new)
    monkeypatch.setattr(wordwise, "MOST_LOOKS", 1)

    assert by_sentence == [("a", "a", True), ("b.", "x.", False), ("c d.", "c d.", True), ("e f.", "e y.", False)]
    assert told(old, new) == [("a", "a", True), ("b. c d. e f.", "x. c d. e y.", False)]


@pytest.mark.parametrize("alphabet", ["ab", "abcdefgh", [f"w{n}" for n in range(2000)]], ids=["2", "8", "all"])
def test_texts_that_repeat_themselves_are_compared_in_no_time(alphabet):
    chance = Random(7)
    old, new = ([chance.choice(alphabet) for _ in range(2000)] for _ in range(2))

    began = time.perf_counter()
    found = pieces(old, new)

    assert time.perf_counter() - began < 1
    assert [word for piece in found for word in piece.gone] == old
    assert [word for piece in found for word in piece.new] == new
