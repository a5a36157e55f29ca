import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.reports.drawing import centre
from callcenter.reports.drawing import diverging

counts = st.lists(st.integers(0, 500), min_size=5, max_size=5)


@given(st.lists(counts, min_size=1, max_size=4), st.booleans())
def test_every_bar_stays_within_the_drawing_and_shows_its_shares(bars, mirrored):
    drawn = diverging(bars, mirrored=mirrored)

    for bar, pieces in zip(bars, drawn, strict=True):
        assert bool(pieces) == any(bar)
        for count, piece in zip(bar, pieces, strict=False):
            assert piece.share == pytest.approx(count / sum(bar))
            assert -1e-9 <= piece.x <= piece.x + piece.width <= 100 + 1e-9


@given(st.lists(counts, min_size=2, max_size=4), st.booleans())
def test_the_middle_steps_lie_under_one_another(bars, mirrored):
    middles = [pieces[2].middle for pieces in diverging(bars, mirrored=mirrored) if pieces]

    assert middles == pytest.approx([middles[0]] * len(middles)) if middles else True


def test_the_low_end_is_where_the_reader_begins():
    left_to_right, right_to_left = (diverging([[1, 1, 1, 1, 1]], mirrored=mirrored)[0] for mirrored in (False, True))

    assert left_to_right[0].x == pytest.approx(0)
    assert right_to_left[0].x + right_to_left[0].width == pytest.approx(100)


def test_the_scale_is_as_wide_as_the_longest_halves_need():
    low, high = diverging([[100, 0, 0, 0, 0], [0, 0, 0, 0, 100]], mirrored=False)

    assert (low[0].x, low[0].width) == pytest.approx((0, 50))
    assert (high[4].x, high[4].width) == pytest.approx((50, 50))


def test_a_thin_piece_has_no_number():
    pieces = diverging([[1, 49, 0, 25, 25]], mirrored=False)[0]

    assert [piece.is_labelled for piece in pieces] == [False, True, False, True, True]


def test_without_answers_there_is_no_line():
    assert centre(diverging([[0] * 5], mirrored=False)) is None
