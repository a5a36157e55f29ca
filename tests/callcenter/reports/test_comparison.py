import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from callcenter.reports.comparison import Direction
from callcenter.reports.comparison import Share
from callcenter.reports.comparison import compare_all
from callcenter.reports.comparison import holm
from callcenter.reports.comparison import p_value
from callcenter.reports.comparison import trend_p_value
from callcenter.reports.comparison import trends

shares = st.integers(1, 300).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))


def test_two_shares_as_in_the_worked_example():
    assert p_value(Share(150, 200), Share(120, 200)) == pytest.approx(0.0014, abs=5e-5)


# Theirs takes a tenth of a second each time.
@settings(max_examples=25)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_equals_statsmodels(p_values):
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


@pytest.mark.parametrize(
    ("one", "other"), [(Share(49, 50), Share(58, 58)), (Share(0, 40), Share(6, 40)), (Share(3, 30), Share(1, 200))]
)
def test_where_few_are_expected_the_exact_test_is_used(one, other):
    table = [[one.satisfied, one.count - one.satisfied], [other.satisfied, other.count - other.satisfied]]

    assert p_value(one, other) == pytest.approx(stats.fisher_exact(table).pvalue, abs=1e-9)


@given(shares, shares)
def test_a_p_value_is_a_chance_and_does_not_depend_on_the_order(one, other):
    assert 0 <= p_value(one, other) <= 1
    assert p_value(one, other) == pytest.approx(p_value(other, one))


@pytest.mark.parametrize(
    ("now", "before", "direction"),
    [
        (Share(180, 200), Share(140, 200), Direction.ROSE),
        (Share(140, 200), Share(180, 200), Direction.FELL),
        (Share(142, 200), Share(140, 200), Direction.UNCLEAR),
        (Share(29, 29), Share(0, 200), Direction.TOO_FEW),
        (Share(100, 200), Share(0, 0), Direction.TOO_FEW),
        (Share(200, 200), Share(200, 200), Direction.UNCLEAR),
    ],
)
def test_what_a_change_allows_to_say(now, before, direction):
    assert compare_all([(now, before)])[0].direction is direction


def test_a_difference_clear_alone_is_unclear_among_many():
    pair = (Share(84, 100), Share(70, 100))
    others = [(Share(50, 100), Share(50, 100))] * 19

    assert compare_all([pair])[0].direction is Direction.ROSE
    assert compare_all([pair, *others])[0].direction is Direction.UNCLEAR


def test_groups_too_small_to_test_do_not_weaken_the_others():
    pair = (Share(84, 100), Share(70, 100))

    assert compare_all([pair, *[(Share(3, 4), Share(1, 4))] * 50])[0].direction is Direction.ROSE


def test_points_are_those_between_the_per_cents_shown():
    compared = compare_all([(Share(874, 1000), Share(866, 1000))])[0]

    assert compared.points == 0


def test_the_trend_test_is_the_correlation_of_answer_and_week():
    weeks = [Share(20, 40), Share(25, 40), Share(22, 30), Share(0, 0), Share(30, 36)]
    answers = [(place, int(i < week.satisfied)) for place, week in enumerate(weeks) for i in range(week.count)]
    r = stats.pearsonr(*zip(*answers, strict=True)).statistic

    # Cochran-Armitage's chi-square is N r^2.
    assert trend_p_value(weeks)[0] == pytest.approx(stats.chi2.sf(len(answers) * r**2, 1))


@pytest.mark.parametrize(
    ("weeks", "direction"),
    [
        ([Share(10, 30), Share(18, 30), Share(27, 30)], Direction.ROSE),
        ([Share(27, 30), Share(18, 30), Share(10, 30)], Direction.FELL),
        ([Share(20, 30), Share(19, 30), Share(20, 30)], Direction.UNCLEAR),
        ([Share(30, 30), Share(30, 30), Share(30, 30)], Direction.UNCLEAR),
        ([Share(10, 30), Share(27, 30)], Direction.TOO_FEW),
        ([Share(1, 9), Share(5, 9), Share(9, 9)], Direction.TOO_FEW),
        ([], Direction.TOO_FEW),
    ],
)
def test_what_weeks_allow_to_say(weeks, direction):
    assert trends([weeks]) == [direction]
