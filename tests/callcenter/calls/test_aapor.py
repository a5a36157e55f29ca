from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls.aapor import OUTCOMES
from callcenter.calls.aapor import Symbol
from callcenter.calls.aapor import count_by_symbol
from callcenter.calls.aapor import count_codes
from callcenter.calls.aapor import rates
from callcenter.calls.aapor import share_eligible

STANDARDS = json.loads((Path(__file__).parents[2] / "data" / "standards.json").read_text())
CASES = [case for case in STANDARDS if case["name"].startswith("aapor_")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rates_equal_the_published_examples(case: dict[str, Any]) -> None:
    counts = {Symbol(key): value for key, value in case["inputs"].items() if key != "e"}

    found = rates(counts, case["inputs"].get("e"))

    for name, expected in case["expected"].items():
        value = getattr(found, name.lower())
        assert value == (None if expected is None else pytest.approx(expected, abs=5e-5)), name


def test_the_tenth_edition_takes_a_share_for_each_unknown_category() -> None:
    counts = {Symbol("I"): 412, Symbol("P"): 23, Symbol("R"): 187, Symbol("NC"): 164, Symbol("O"): 31}
    counts |= {Symbol("UH"): 200, Symbol("UR"): 75, Symbol("UO"): 38}

    found = rates(counts, {Symbol("UH"): 0.4, Symbol("UR"): 0.7, Symbol("UO"): 0.2})

    assert found.e is None
    assert [found.rr3, found.rr4, found.ref2, found.con2] == pytest.approx([0.4305, 0.4545, 0.1954, 0.6823], abs=5e-5)
    assert [found.rr1, found.rr5] == pytest.approx([0.3646, 0.5043], abs=5e-5)


def test_rates_of_the_reference_fractions() -> None:
    counts = {Symbol("I"): 5, Symbol("P"): 3, Symbol("R"): 2, Symbol("NC"): 1, Symbol("O"): 2}
    counts |= {Symbol("UH"): 1, Symbol("UO"): 1, Symbol("NE"): 1}

    found = rates(counts, 0.5)

    assert found.rr1 == pytest.approx(1 / 3)
    assert found.rr2 == pytest.approx(8 / 15)
    assert found.rr3 == pytest.approx(5 / 14)
    assert found.rr4 == pytest.approx(4 / 7)
    assert found.coop1 == pytest.approx(5 / 12)


def test_nothing_worked_leaves_every_rate_undefined() -> None:
    found = rates({})

    assert {getattr(found, name) for name in found.__dataclass_fields__} == {None}


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_outside_its_bounds_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rates({Symbol("UH"): 1}, share)


@pytest.mark.parametrize(
    ("code", "symbol"),
    [
        ("1.1", "I"), ("1.2", "P"), ("2.112", "R"), ("2.12", "R"), ("2.21", "NC"), ("2.222", "NC"), ("2.36", "O"),
        ("3.13", "UH"), ("3.20", "UR"), ("3.90", "UO"), ("4.31", "NE"), ("4.80", "NE"),
    ],
)  # fmt: skip
def test_codes_have_the_symbol_of_the_standard(code: str, symbol: str) -> None:
    assert OUTCOMES[code].symbol == symbol


def test_interviews_and_refusals_are_final_and_silence_is_temporary() -> None:
    final = {code for code, outcome in OUTCOMES.items() if not outcome.is_temporary}

    assert {"1.1", "1.2", "2.11", "2.112", "2.12", "3.90", "4.41"} <= final
    assert final.isdisjoint({"2.21", "3.12", "3.13", "3.16", "3.20"})


def test_counting_codes_and_counting_by_symbol_agree() -> None:
    assert count_codes(["1.1", "3.12", "3.13"]) == count_by_symbol({"1.1": 1, "3.12": 1, "3.13": 1})


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(KeyError):
        count_codes(["9.99"])


@given(st.dictionaries(st.sampled_from(list(Symbol)), st.integers(0, 5000)))
def test_every_defined_rate_is_a_share_and_the_stricter_rate_is_lower(counts: dict[Symbol, int]) -> None:
    found = rates(counts)

    defined = [value for value in (getattr(found, name) for name in found.__dataclass_fields__) if value is not None]
    assert all(0 <= value <= 1 + 1e-9 for value in defined)
    assert (found.rr1 or 0) <= (found.rr3 or 0) + 1e-9
    assert (found.rr1 or 0) <= (found.rr2 or 0)


@given(st.integers(1, 1000), st.integers(0, 1000))
def test_the_default_share_is_that_of_the_known_cases(known: int, not_eligible: int) -> None:
    counts = {Symbol.COMPLETE: known, Symbol.NOT_ELIGIBLE: not_eligible, Symbol.UNKNOWN_UNIT: 7}

    assert share_eligible(counts) == pytest.approx(known / (known + not_eligible))
