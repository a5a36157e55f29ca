from __future__ import annotations

import pytest

from callcenter.training.refreshing import Change
from callcenter.training.refreshing import counts_from

SMALL, LARGE = 0.1, 0.6


@pytest.mark.parametrize(
    ("shares", "number", "expected"),
    [
        ([0], 1, 1),
        ([0, SMALL, SMALL], 3, 1),
        ([0, LARGE], 2, 2),
        ([0, LARGE, SMALL], 3, 2),
        ([0, SMALL, LARGE, SMALL], 4, 3),
        # An older version is not touched by what came after it.
        ([0, SMALL, LARGE], 2, 1),
    ],
)
def test_certificates_count_back_to_the_last_version_with_much_that_was_new(shares, number, expected):
    changes = [Change(place, share) for place, share in enumerate(shares, 1)]

    assert counts_from(changes, number, percent=20) == expected


def test_a_threshold_of_a_hundred_never_asks_and_one_of_zero_asks_after_every_word():
    changes = [Change(1, 0), Change(2, 1.0), Change(3, 0.001)]

    assert counts_from(changes, 3, percent=100) == 1
    assert counts_from(changes, 3, percent=0) == 3
