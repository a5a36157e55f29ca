from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.aapor import Symbol
from callcenter.outcomes import rules
from callcenter.outcomes.rules import DEFAULTS
from callcenter.outcomes.rules import STANDARD
from callcenter.outcomes.rules import Policy
from callcenter.outcomes.rules import Rule
from callcenter.outcomes.wording import GROUPS
from callcenter.outcomes.wording import NAMES

own_rules = st.builds(
    Rule,
    st.sampled_from(sorted(DEFAULTS)),
    st.sampled_from([0, 5, 45, *rules.WAITS]),
    st.none() | st.integers(1, 12),
    st.booleans(),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("code", "wait"),
    [
        ("3.12", timedelta(minutes=20)),
        ("3.13", timedelta(hours=3)),
        ("3.16", timedelta(hours=3)),
        ("2.34", timedelta(hours=1)),
        ("4.31", timedelta(days=1)),
        ("2.11", timedelta(days=7)),
        ("3.11", timedelta(minutes=5)),
        ("2.30", timedelta()),
        ("2.35", timedelta(hours=3)),
    ],
)
def test_the_defaults_are_those_of_the_field(code, wait):
    assert STANDARD.retry_after(code) == wait


def test_by_default_what_aapor_calls_final_is_final_and_nothing_else():
    final = {code for code, rule in DEFAULTS.items() if rule.most_times == 1}

    assert final == {code for code in DEFAULTS if not OUTCOMES[code].is_temporary}


def test_what_a_campaign_chose_goes_before_the_default():
    policy = Policy({**DEFAULTS, "3.12": Rule("3.12", 60, 4)})

    assert policy.retry_after("3.12") == timedelta(hours=1)
    assert policy.rule("3.13") == DEFAULTS["3.13"]
    assert policy.is_changed
    assert not STANDARD.is_changed


def test_the_default_of_each_code_is_allowed():
    assert all(rules.is_allowed(rule) for rule in DEFAULTS.values())


@pytest.mark.parametrize(
    ("rule", "is_allowed"),
    [
        (Rule("3.12", 30, 5), True),
        (Rule("3.12", 45, None), False),
        (Rule("3.12", 30, 11), False),
        (Rule("2.11", 14 * 24 * 60, 2), True),
        (Rule("2.11", 60, 2), False),
        (Rule("2.11", 14 * 24 * 60, 3), False),
        (Rule("2.11", 14 * 24 * 60, None), False),
        (Rule("2.11", 7 * 24 * 60, is_offered=False), False),
        (Rule("1.1", 60), False),
        (Rule("1.1", most_times=2), False),
        (Rule("4.10", most_times=None), False),
        (Rule("4.10", needs_note=False, is_offered=False), True),
        (Rule("2.36", 60, 3), False),
        (Rule("4.31", 24 * 60, 1), False),
    ],
)
def test_only_what_aapor_leaves_open_may_be_chosen(rule, is_allowed):
    assert rules.is_allowed(rule) is is_allowed


@given(own_rules)
def test_no_choice_makes_a_final_word_temporary(rule):
    one = OUTCOMES[rule.code]

    if not one.is_temporary and rules.is_allowed(rule):
        assert rule.most_times == 1 or one.symbol is Symbol.REFUSAL
        assert rule.most_times is not None


@given(own_rules)
def test_each_key_that_every_campaign_has_stays(rule):
    if rule.code in rules.ALWAYS_OFFERED:
        assert not rules.is_allowed(replace(rule, is_offered=False))


def test_every_outcome_has_its_name_and_its_place_on_the_page():
    shown = [code for _title, codes in GROUPS for code in codes]

    assert sorted([*shown, "3.11"]) == sorted(DEFAULTS)
    assert set(DEFAULTS) <= set(NAMES)
