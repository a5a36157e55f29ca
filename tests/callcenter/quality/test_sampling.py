from __future__ import annotations

import pytest

from callcenter.quality import sampling
from callcenter.quality.sampling import Reason


def chosen(salt, share_percent, *, completed_before=10):
    rule = {"share_percent": share_percent, "newcomer_count": 10, "completed_before": completed_before}
    return {number for number in range(1, 4001) if sampling.reason(number, salt=salt, **rule)}


def test_the_same_interview_has_the_same_lot_again():
    assert chosen("a", 10) == chosen("a", 10)
    assert chosen("a", 10) != chosen("b", 10)


# Four standard errors of a share of 4,000.
@pytest.mark.parametrize(("share", "error"), [(5, 0.014), (10, 0.019), (50, 0.032)])
def test_the_share_is_the_clubs(share, error):
    assert len(chosen("club", share)) / 4000 == pytest.approx(share / 100, abs=error)


def test_a_larger_share_keeps_what_the_smaller_one_had():
    assert chosen("a", 5) <= chosen("a", 20)


def test_nothing_and_everything():
    assert chosen("a", 0) == set()
    assert len(chosen("a", 100)) == 4000


@pytest.mark.parametrize(("before", "expected"), [(0, Reason.NEWCOMER), (9, Reason.NEWCOMER), (10, None)])
def test_a_newcomers_first_interviews_are_all_reviewed(before, expected):
    rule = {"salt": "a", "share_percent": 0, "newcomer_count": 10}

    assert sampling.reason(7, **rule, completed_before=before) is expected
