from __future__ import annotations

from dataclasses import replace

import pytest

from surveys.questionnaires import library
from surveys.questionnaires.rewording import share_changed

FIRST = library.load("recent_visit")


def reworded(code, **texts):
    """The first version with other words for one question."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(one, text={**one.text, **texts}) if one.code == code else one for one in section.questions
            ),
        )
        for section in FIRST.sections
    )
    return replace(FIRST, sections=sections)


def test_the_same_words_have_not_changed():
    assert share_changed(FIRST, FIRST) == 0


def test_what_only_moved_has_not_changed():
    assert share_changed(FIRST, replace(FIRST, sections=FIRST.sections[::-1])) == 0


def test_one_word_is_little_and_counts_in_one_language_alone():
    share = share_changed(FIRST, reworded("hello", fa=FIRST.by_code["hello"].text["fa"].replace("سلام،", "درود،")))

    assert 0 < share < 0.01


def test_a_question_that_went_away_is_changed_as_a_whole():
    [opening, *others] = FIRST.sections
    shorter = replace(FIRST, sections=(replace(opening, questions=opening.questions[1:]), *others))

    assert 0.05 < share_changed(FIRST, shorter) < 0.5
    assert share_changed(shorter, FIRST) == pytest.approx(share_changed(FIRST, shorter))


def test_another_survey_shares_next_to_nothing():
    renamed = [replace(one, code=f"other_{one.code}") for one in FIRST.questions]
    other = replace(FIRST, sections=(replace(FIRST.sections[0], questions=tuple(renamed)),))

    assert share_changed(FIRST, other) == 1
