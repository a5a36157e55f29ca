from __future__ import annotations

from datetime import date

import pytest

from club.credit.scoring import Part
from club.credit.scoring import PartKind
from club.credit.scoring import Terms
from club.credit.scoring import for_json
from club.credit.scoring import from_json
from club.credit.scoring import is_near_birthday
from club.credit.scoring import score
from club.credit.scoring import weigh

TODAY = date(2025, 11, 21)
SILVER, GOLD = 1, 2


def terms(offer_id=1, amount_rial=200_000, **fields):
    return Terms(id=offer_id, name=f"offer {offer_id}", amount_rial=amount_rial, **fields)


def scored(one, tier_id=None, birth_date=None):
    return score(one, tier_id=tier_id, birth_date=birth_date, today=TODAY)


def test_a_fixed_offer_is_worth_its_amount_to_everybody():
    assert scored(terms()).amount_rial == 200_000
    assert scored(terms(), tier_id=SILVER, birth_date=TODAY).amount_rial == 200_000


def test_the_bonuses_of_tier_and_birthday_add_up_and_say_why():
    offer = terms(tier_percents={SILVER: 15}, birthday_percent=50, birthday_days=7)

    worth = scored(offer, tier_id=SILVER, birth_date=date(1990, 11, 21))

    assert worth.amount_rial == 330_000
    assert worth.parts == (
        Part(PartKind.BASE, 0, 200_000),
        Part(PartKind.TIER, 15, 30_000),
        Part(PartKind.BIRTHDAY, 50, 100_000),
    )


def test_the_bonus_of_another_tier_is_not_given():
    assert scored(terms(tier_percents={GOLD: 15}), tier_id=SILVER).amount_rial == 200_000


@pytest.mark.parametrize(
    ("amount_rial", "percent", "bonus_rial"),
    [(123_450, 7, 8_640), (1_000, 5, 50), (100, 4, 0), (100, 5, 10), (100, 15, 20)],
)
def test_a_bonus_is_rounded_half_up_to_whole_toman(amount_rial, percent, bonus_rial):
    worth = scored(terms(amount_rial=amount_rial, tier_percents={GOLD: percent}), tier_id=GOLD)

    assert worth.amount_rial - amount_rial == bonus_rial


def test_the_offer_with_the_most_for_the_member_wins_and_all_are_kept():
    offers = [
        terms(1, 150_000),
        terms(2, 120_000, tier_percents={GOLD: 50}),
        terms(3, 168_000),
    ]

    for_gold = weigh(offers, tier_id=GOLD, birth_date=None, today=TODAY)
    for_others = weigh(offers, tier_id=SILVER, birth_date=None, today=TODAY)

    assert [(one.offer_id, one.amount_rial) for one in for_gold] == [(2, 180_000), (3, 168_000), (1, 150_000)]
    assert [one.offer_id for one in for_others] == [3, 1, 2]


def test_of_equal_offers_the_one_that_ends_first_wins_then_the_older():
    offers = [
        terms(1),
        terms(2, ends_on=date(2026, 1, 2)),
        terms(4, ends_on=date(2026, 1, 1)),
        terms(3, ends_on=date(2026, 1, 1)),
    ]

    ranked = weigh(offers, tier_id=None, birth_date=None, today=TODAY)

    assert [one.offer_id for one in ranked] == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        pytest.param(None, None, True, id="always"),
        pytest.param(TODAY, TODAY, True, id="today only"),
        pytest.param(date(2025, 11, 22), None, False, id="from tomorrow"),
        pytest.param(None, date(2025, 11, 20), False, id="until yesterday"),
    ],
)
def test_an_offer_holds_from_its_first_day_to_its_last(starts_on, ends_on, holds):
    offers = [terms(starts_on=starts_on, ends_on=ends_on)]

    assert bool(weigh(offers, tier_id=None, birth_date=None, today=TODAY)) is holds


@pytest.mark.parametrize(
    ("birth_date", "today", "days", "is_near"),
    [
        pytest.param(date(1979, 2, 11), date(2025, 2, 10), 0, True, id="22 Bahman 1357 comes back on 22 Bahman 1403"),
        pytest.param(date(1979, 2, 11), date(2025, 2, 11), 0, False, id="not on the Gregorian day"),
        pytest.param(date(1979, 2, 11), date(2025, 2, 17), 7, True, id="seven days after"),
        pytest.param(date(1979, 2, 11), date(2025, 2, 18), 7, False, id="eight days after"),
        pytest.param(date(1979, 2, 11), date(2025, 2, 3), 7, True, id="seven days before"),
        pytest.param(date(1991, 3, 21), date(2025, 3, 18), 3, True, id="1 Farvardin, seen from the old year"),
        pytest.param(date(1990, 3, 20), date(2025, 3, 22), 3, True, id="29 Esfand, seen from the new year"),
        pytest.param(date(1992, 3, 20), date(2026, 3, 20), 0, True, id="30 Esfand is kept on 29 in a common year"),
        pytest.param(date(1992, 3, 20), date(2025, 3, 20), 0, True, id="30 Esfand itself in a leap year"),
    ],
)
def test_a_birthday_is_a_day_of_the_jalali_year(birth_date, today, days, is_near):
    assert is_near_birthday(birth_date, today, days) is is_near


def test_a_scored_offer_is_kept_as_it_was():
    worth = scored(terms(tier_percents={GOLD: 3}, ends_on=date(2026, 1, 1)), tier_id=GOLD)

    assert from_json(for_json(worth)) == worth
