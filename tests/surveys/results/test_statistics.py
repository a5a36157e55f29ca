"""The closed forms against published figures and against statsmodels."""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.weightstats import DescrStatsW

from surveys.results import promoters
from surveys.results import statistics

STANDARDS = {
    case["name"]: case
    for case in json.loads((Path(__file__).parents[2] / "data" / "standards.json").read_text("utf-8"))
}


def case(name):
    return STANDARDS[name]["inputs"], STANDARDS[name]["expected"]


def counts_of(inputs):
    return {int(rating): count for rating, count in inputs["counts"].items()}


def close(value):
    return pytest.approx(value, abs=5e-5)


def test_csat_on_five_points_is_the_published_one():
    inputs, expected = case("csat_5pt")
    counts = counts_of(inputs)
    mean = statistics.mean_of(counts)

    assert statistics.top_two_share(counts) == expected["top2"]
    assert (mean.n, mean.mean) == (expected["n"], close(expected["mean"]))
    assert (mean.deviation, mean.error) == (close(expected["sd"]), close(expected["se"]))
    assert statistics.t_interval(mean) == (close(expected["t_lo"]), close(expected["t_hi"]))
    assert statistics.wilson(75, 100) == (close(expected["wilson_lo"]), close(expected["wilson_hi"]))
    assert statistics.score_0_100(mean.mean) == close(expected["score_0_100"])


@pytest.mark.parametrize("name", ["wilson_81_263", "wilson_0_20"])
def test_wilson_is_newcombes(name):
    inputs, expected = case(name)

    interval = statistics.wilson(inputs["k"], inputs["n"], inputs["conf"])

    assert (interval.low, interval.high) == (close(expected["lo"]), close(expected["hi"]))


@given(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.sampled_from([0.9, 0.95, 0.99])
)
def test_wilson_is_that_of_statsmodels_and_holds_the_share(of, confidence):
    k, n = of
    interval = statistics.wilson(k, n, confidence)

    assert interval == pytest.approx(proportion_confint(k, n, 1 - confidence, method="wilson"), abs=1e-12)
    assert 0 <= interval.low <= k / n <= interval.high <= 1


def test_the_t_interval_is_the_published_one():
    inputs, expected = case("t_interval_n10")
    mean = statistics.mean_of(Counter(inputs["values"]))

    assert (mean.mean, mean.deviation) == (close(expected["mean"]), close(expected["sd"]))
    assert statistics.t_quantile(9) == close(expected["t975_df9"])
    assert statistics.t_interval(mean) == (close(expected["lo"]), close(expected["hi"]))


@given(st.lists(st.integers(1, 5), min_size=2, max_size=200).filter(lambda values: len(set(values)) > 1))
def test_the_t_interval_is_that_of_statsmodels_within_the_scale(values):
    mean = statistics.mean_of(Counter(values))
    low, high = DescrStatsW(values).tconfint_mean()

    assert statistics.t_interval(mean) == pytest.approx((max(low, 1), min(high, 5)))


def test_one_value_has_no_interval_and_none_no_mean():
    assert statistics.t_interval(statistics.mean_of({4: 1})) is None
    assert statistics.mean_of({}) is None
    assert statistics.top_two_share({}) is None
    assert statistics.ease({}) is None


def test_two_shares_are_compared_as_published():
    inputs, expected = case("two_prop_z")

    compared = statistics.compare_shares(tuple(inputs["x"]), tuple(inputs["n"]))

    assert (compared.z, compared.p) == (close(expected["z"]), close(expected["p"]))


def test_two_shares_are_compared_as_statsmodels_does():
    chance = random.Random(1)
    for _ in range(50):
        n = (chance.randint(5, 400), chance.randint(5, 400))
        x = (chance.randint(1, n[0] - 1), chance.randint(1, n[1] - 1))

        compared = statistics.compare_shares(x, n)

        assert (compared.z, compared.p) == pytest.approx(proportions_ztest(x, n))


@pytest.mark.parametrize("x", [(0, 0), (10, 20)])
def test_where_all_agree_there_is_nothing_to_compare(x):
    assert statistics.compare_shares(x, (10, 20)) is None


def test_ease_is_the_published_one():
    inputs, expected = case("ces_7pt")
    counts = counts_of(inputs)

    assert statistics.ease(counts) == close(expected["agree_5_7"])
    assert statistics.mean_of(counts).mean == close(expected["mean"])


def test_a_small_population_narrows_the_error():
    error = math.sqrt(0.75 * 0.25 / 200)

    assert error * statistics.finite_population_factor(600, 200) == pytest.approx(0.0250, abs=5e-5)
    assert statistics.finite_population_factor(200, 200) == 0
    assert statistics.finite_population_factor(1, 1) == 0


@pytest.mark.parametrize(("share", "n", "expected"), [(0.25, 100, 0.1249), (0.05, 30, 0.2657), (0.5, 5, 0.6452)])
def test_the_relative_error_is_the_published_one_and_mirrored(share, n, expected):
    assert statistics.relative_error(share, n) == close(expected)
    assert statistics.relative_error(1 - share, n) == close(expected)


@pytest.mark.parametrize("share", [0, 1])
def test_a_share_of_nobody_or_all_has_no_relative_error(share):
    assert statistics.relative_error(share, 30) is None


def test_the_net_promoter_score_is_the_published_one():
    inputs, expected = case("nps_100")
    counts = (inputs["promoters"], inputs["passives"], inputs["detractors"])

    plain = promoters.net_promoter(*counts)
    adjusted = promoters.adjusted(*counts)

    assert (plain.n, plain.score, plain.error) == (expected["n"], close(expected["nps"]), close(expected["se"]))
    assert promoters.interval(plain) == (close(expected["lo"]), close(expected["hi"]))
    assert (adjusted.score, adjusted.error) == (close(expected["adjwald_nps"]), close(expected["adjwald_se"]))
    assert promoters.interval(adjusted) == (close(expected["adjwald_lo"]), close(expected["adjwald_hi"]))


def test_a_small_net_promoter_score_is_the_published_one():
    plain, adjusted = promoters.net_promoter(11, 5, 4), promoters.adjusted(11, 5, 4)

    assert plain.score == pytest.approx(35)
    assert promoters.interval(plain) == (close(0.2832), close(69.7168))
    assert adjusted.score == close(30.4348)
    assert promoters.interval(adjusted) == (close(-1.8682), close(62.7377))


def test_net_promoter_scores_are_compared_as_published():
    compared = promoters.compare(promoters.net_promoter(50, 30, 20), promoters.net_promoter(90, 70, 40))

    assert (compared.z, compared.p) == (close(0.5260), close(0.5989))


def test_scores_from_zero_to_ten_are_split_at_seven_and_nine():
    counts = {0: 1, 6: 2, 7: 4, 8: 8, 9: 16, 10: 32}

    assert promoters.split(counts) == (48, 12, 3)
    assert promoters.from_scores(counts) == promoters.net_promoter(48, 12, 3)
    assert promoters.from_scores({}) is None


def test_promoters_only_leave_the_score_without_an_error():
    only = promoters.net_promoter(5, 0, 0)

    assert (only.score, only.error) == (100, 0)
    assert promoters.compare(only, only) is None
    assert promoters.interval(promoters.adjusted(5, 0, 0)).high == 100
