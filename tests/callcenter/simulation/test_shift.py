from __future__ import annotations

from callcenter.simulation.caller import Shift
from callcenter.simulation.running import Plan


def test_a_shift_begins_when_all_desks_are_open():
    shift = Shift(2, 1.0, seconds=0.0)

    shift.open(1)
    shift.open(1)
    assert not shift.is_over

    shift.open(2)
    assert shift.is_over


def test_a_shift_lasts_its_seconds():
    shift = Shift(1, 1.0, seconds=3600.0)

    shift.open(1)

    assert not shift.is_over


def test_whoever_has_made_their_calls_goes_home_though_the_shift_goes_on():
    shift = Shift(1, 1.0, calls=2)
    shift.open(1)

    assert [shift.has_called_enough(count) for count in (1, 2)] == [False, True]
    assert not shift.is_over


def test_without_a_number_of_calls_nobody_has_made_enough():
    assert not Shift(1, 1.0, seconds=1.0).has_called_enough(10_000)


def test_there_are_members_for_the_shift_that_ends_first():
    by_hours = Plan(operators=100, seed=1, speed=1.0, hours=1.0)
    by_calls = Plan(operators=100, seed=1, speed=1.0, hours=8.0, calls=2)

    assert by_hours.members >= 100 * 20
    assert 100 * 2 <= by_calls.members < by_hours.members
