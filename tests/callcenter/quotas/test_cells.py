from __future__ import annotations

import pytest

from callcenter.quotas import cells


def aged(low, high):
    return {"age": {"from": low, "to": high}}


def test_every_combination_of_the_parts_becomes_a_cell():
    crossed = cells.cross({"branch": [[1], [2]], "gender": [["female"]], "city": []})

    assert crossed == [{"branch": [1], "gender": ["female"]}, {"branch": [2], "gender": ["female"]}]


def test_nothing_chosen_makes_no_cell():
    assert cells.cross({"branch": [], "age": []}) == []


@pytest.mark.parametrize(
    ("one", "other", "are_apart"),
    [
        ({"branch": [1]}, {"branch": [2]}, True),
        ({"branch": [1]}, {"branch": [1, 2]}, False),
        ({"branch": [1]}, {"tier": [2]}, False),
        ({"branch": [1], "tier": [1]}, {"branch": [1], "tier": [2]}, True),
        ({"branch": [1]}, {"branch": [1], "tier": [2]}, False),
        (aged(18, 29), aged(30, 44), True),
        (aged(18, 30), aged(30, 44), False),
        (aged(None, 17), aged(18, None), True),
        (aged(None, 18), aged(18, None), False),
        (aged(40, 41), aged(18, 90), False),
        ({}, {"branch": [1]}, False),
    ],
)
def test_cells_are_apart_when_nobody_can_belong_to_both(one, other, are_apart):
    assert cells.are_apart(one, other) is are_apart
    assert cells.are_apart(other, one) is are_apart


def test_two_cells_of_one_member_are_named():
    assert cells.overlap([aged(18, 29), aged(30, 44), aged(44, 50)]) == (aged(30, 44), aged(44, 50))
    assert cells.overlap([aged(18, 29), aged(30, 44)]) is None


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("18-29, 30–44; 45+", [(18, 29), (30, 44), (45, None)]),
        ("۱۸ تا ۲۹، ۳۰-۳۴، ۳۵ به بالا", [(18, 29), (30, 34), (35, None)]),
        ("-17\n40", [(None, 17), (40, 40)]),
    ],
)
def test_ranges_are_read_as_people_type_them(typed, bounds):
    assert cells.ranges(typed) == [{"from": low, "to": high} for low, high in bounds]


@pytest.mark.parametrize("typed", ["", " , ", "old", "29-18", "18-29-40", "+", "-", "18+29", "18 29"])
def test_what_is_no_range_is_refused(typed):
    with pytest.raises(ValueError):
        cells.ranges(typed)


@pytest.mark.parametrize(
    ("values", "conditions", "are_in"),
    [
        ({"price": 4}, {"price": {"from": 4, "to": None}}, True),
        ({"price": 3}, {"price": {"from": 4, "to": None}}, False),
        ({"price": 3}, {"price": {"from": None, "to": 2}}, False),
        ({"price": 0}, {"price": {"from": None, "to": 2}}, True),
        ({"again": "yes"}, {"again": ["yes"]}, True),
        ({"again": "no", "price": 4}, {"again": ["yes"], "price": {"from": 4, "to": 4}}, False),
        ({"again": None}, {"again": ["yes"]}, False),
        ({}, {"again": ["yes"]}, False),
    ],
)
def test_answers_are_in_a_cell_when_they_fulfil_all_its_conditions(values, conditions, are_in):
    assert cells.fulfils(values, conditions) is are_in


def test_a_row_of_blanks_is_one_blank():
    """In time by the square of the length this would take hours."""
    assert cells.ranges(f"18{' ' * 300_000}- 29") == [{"from": 18, "to": 29}]
    with pytest.raises(ValueError, match="18 x"):
        cells.ranges(f"18{' ' * 300_000}x")
