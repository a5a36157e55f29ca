from __future__ import annotations

from datetime import UTC
from datetime import date
from datetime import datetime

import pytest
from sqlalchemy import select

from club.members import facets
from club.members.models import Gender
from club.members.models import Member
from config.database import db

NOW = datetime(2025, 11, 21, 12, tzinfo=UTC)
TODAY = NOW.date()


def kind_of_everybody(kinds, today=TODAY):
    return dict(db.session.execute(select(Member.id, facets.kind_of(kinds, today=today))).all())


@pytest.mark.parametrize(
    ("born", "low", "high", "belongs"),
    [
        (date(2007, 11, 21), 18, None, True),
        (date(2007, 11, 22), 18, None, False),
        (date(1995, 11, 22), 18, 29, True),
        (date(1995, 11, 21), 18, 29, False),
        (date(1995, 11, 21), None, 29, False),
        (date(2020, 1, 1), None, 29, True),
        (None, None, 29, False),
    ],
)
def test_an_age_is_counted_in_whole_years(factories, born, low, high, belongs):
    who = factories.member(factories.club(), birth_date=born)

    found = kind_of_everybody({7: {"age": {"from": low, "to": high}}})

    assert found == {who.id: 7 if belongs else None}


def test_an_age_can_be_asked_on_a_leap_day(factories):
    who = factories.member(factories.club(), birth_date=date(2006, 2, 28))

    assert kind_of_everybody({7: {"age": {"from": 18, "to": 20}}}, date(2024, 2, 29)) == {who.id: 7}


def test_a_member_is_of_the_kind_whose_facets_all_fit(factories):
    club = factories.club()
    here, there, gold = factories.branch(club), factories.branch(club), factories.tier(club)
    kinds = {
        1: {"branch": [here.id], "gender": ["female"]},
        2: {"branch": [here.id], "gender": ["male"]},
        3: {"branch": [there.id], "tier": [gold.id], "city": ["یزد", "کرمان"]},
    }
    woman = factories.member(club, branch_id=here.id, gender=Gender.FEMALE)
    unknown = factories.member(club, branch_id=here.id)
    far = factories.member(club, branch_id=there.id, tier_id=gold.id, city="کرمان")
    silver = factories.member(club, branch_id=there.id, city="کرمان")

    assert kind_of_everybody(kinds) == {woman.id: 1, unknown.id: None, far.id: 3, silver.id: None}


def test_the_cities_of_a_club_are_told_the_largest_first(factories):
    club = factories.club()
    factories.member(factories.club(), city="تبریز")
    for city in ("یزد", "شیراز", "شیراز", "", None):
        factories.member(club, city=city)

    assert facets.cities(club.id) == ["شیراز", "یزد"]
