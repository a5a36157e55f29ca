"""Counted ratings and when they may be shown."""

from __future__ import annotations

import pytest

from surveys.results.ratings import RatingCounts
from surveys.results.ratings import Showing
from surveys.results.ratings import showing_of


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, Showing.HIDDEN), (4, Showing.HIDDEN), (5, Showing.SMALL), (29, Showing.SMALL), (30, Showing.FULL)],
)
def test_a_small_group_is_flagged_and_a_tiny_one_hidden(n, expected):
    assert showing_of(n) is expected


def test_a_hidden_group_tells_no_share_no_interval_and_no_mean():
    four = RatingCounts((0, 0, 0, 1, 3), dont_know=9)

    assert (four.n, four.showing) == (4, Showing.HIDDEN)
    assert (four.share, four.interval, four.mean, four.mean_interval) == (None, None, None, None)


def test_a_group_tells_its_share_and_mean_with_their_intervals():
    group = RatingCounts((4, 6, 15, 45, 30), dont_know=7, refused=2)

    assert (group.n, group.satisfied, group.share, group.showing) == (100, 75, 0.75, Showing.FULL)
    assert group.interval == pytest.approx((0.6570, 0.8245), abs=5e-5)
    assert group.mean.mean == pytest.approx(3.91)
    assert group.mean_interval == pytest.approx((3.7064, 4.1136), abs=5e-5)


def test_groups_are_added():
    assert RatingCounts((1, 0, 0, 0, 2), 1, 0) + RatingCounts((0, 1, 0, 0, 3), 1, 4) == RatingCounts(
        (1, 1, 0, 0, 5), 2, 4
    )
