from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.permission import fatigue
from callcenter.permission.fatigue import Tired

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


def rests(interviewed=None, rang=(), interview_days=7, weekly_attempts=3, now=NOW):
    """The rests of a member interviewed `interviewed` days ago, whose phone rang `rang` hours ago."""
    return fatigue.rests(
        interviewed_at=None if interviewed is None else NOW - timedelta(days=interviewed),
        interview_days=interview_days,
        rang_at=[NOW - timedelta(hours=hours) for hours in rang],
        weekly_attempts=weekly_attempts,
        now=now,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, {}, id="never called"),
        pytest.param({"interviewed": 6}, {Tired.INTERVIEWED: 24}, id="interviewed six days ago"),
        pytest.param({"interviewed": 7}, {}, id="interviewed a week ago"),
        pytest.param({"interviewed": 1, "interview_days": 0}, {}, id="no rest between interviews"),
        pytest.param({"rang": [1, 2]}, {}, id="one call is left"),
        pytest.param({"rang": [1, 2, 30]}, {Tired.RANG_OFTEN: 168 - 30}, id="the oldest of three frees the next"),
        pytest.param({"rang": [30, 1, 2, 3]}, {Tired.RANG_OFTEN: 168 - 3}, id="one too many waits for the third"),
        pytest.param({"rang": [1, 2, 168]}, {}, id="a week ago counts no more"),
        pytest.param(
            {"interviewed": 2, "rang": [48, 49, 50]},
            {Tired.INTERVIEWED: 120, Tired.RANG_OFTEN: 118},
            id="both",
        ),
    ],
)
def test_a_member_is_left_in_peace(facts, expected):
    found = rests(**facts)

    assert {rest.reason: rest.until for rest in found} == {
        reason: NOW + timedelta(hours=hours) for reason, hours in expected.items()
    }


def test_all_reasons_are_over_when_the_last_one_is():
    assert fatigue.rest_until(rests(interviewed=2, rang=[48, 49, 50])) == NOW + timedelta(days=5)
    assert fatigue.rest_until([]) is None


@given(rang=st.lists(st.integers(0, 400), max_size=12), most=st.integers(1, 6))
def test_after_the_rest_another_call_is_never_one_too_many(rang, most):
    until = fatigue.rest_until(rests(rang=rang, weekly_attempts=most)) or NOW

    in_the_week_before = [hours for hours in rang if NOW - timedelta(hours=hours) > until - fatigue.WEEK]

    assert len(in_the_week_before) < most
