from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest

from callcenter.training.certifying import months_later


@pytest.mark.parametrize(
    ("at", "months", "expected"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2026, 11, 22), 12, (2027, 11, 22)),
        ((2026, 12, 5), 1, (2027, 1, 5)),
        ((2028, 2, 29), 12, (2029, 2, 28)),
    ],
)
def test_a_certificate_ends_on_the_same_day_of_a_later_month(at, months, expected):
    assert months_later(datetime(*at, 9, tzinfo=UTC), months) == datetime(*expected, 9, tzinfo=UTC)
