from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.besttime.estimating import FIRST
from callcenter.besttime.estimating import Prior
from callcenter.besttime.estimating import prior_of
from callcenter.besttime.estimating import priority
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.queue.priorities import LIKELY_PRIORITY
from callcenter.queue.priorities import WINDOW_PRIORITY

counts = st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("reached", "attempts", "chance"), [(0, 0, 0.25), (9, 20, 0.3929), (2, 15, 0.1739), (1, 1, 0.3333)]
)
def test_a_chance_leans_on_what_is_believed(reached, attempts, chance):
    assert FIRST.chance(reached, attempts) == pytest.approx(chance, abs=5e-5)


def test_a_club_with_many_attempts_is_believed_as_it_is():
    prior = prior_of(4000, 10000)

    assert prior.chance(0, 0) == pytest.approx(0.4, abs=0.001)
    assert prior.reached + prior.missed == pytest.approx(8)


@pytest.mark.parametrize(
    ("reached", "attempts", "place"), [(0, 0, 50), (1, 1, 46), (1, 4, 50), (0, 5, 50), (2, 2, 42), (40, 40, 31)]
)
def test_who_is_likelier_than_the_club_goes_ahead(reached, attempts, place):
    assert priority(FIRST, reached, attempts) == place


@given(counts, st.tuples(st.floats(0.1, 8), st.floats(0.1, 8)))
def test_no_place_is_before_a_promise_or_behind_the_others(count, weights):
    assert WINDOW_PRIORITY < LIKELY_PRIORITY <= priority(Prior(*weights), *count) <= BASE_PRIORITY


@given(counts)
def test_one_answer_more_is_never_a_place_lost(count):
    reached, attempts = count

    assert priority(FIRST, reached + 1, attempts + 1) <= priority(FIRST, reached, attempts)
