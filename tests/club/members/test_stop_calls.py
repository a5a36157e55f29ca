from __future__ import annotations

from datetime import UTC
from datetime import datetime

import pytest
from sqlalchemy.exc import IntegrityError

from club.members import listings
from club.members import queries
from club.members import stop_calls
from club.members.errors import DoNotCallError
from club.members.events import calls_allowed
from club.members.models import DoNotCall
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def member(factories, club):
    return factories.member(club)


@pytest.fixture
def allowed():
    """The members who were told to be callable again."""
    heard = []

    def listen(_sender, *, member_ids):
        heard.extend(member_ids)

    with calls_allowed.connected_to(listen):
        yield heard


def stop(member, **options):
    stop_calls.add_do_not_call(
        member.club_id, member.id, **{"reason": "asked", "note": None, "user_id": None, **options}
    )
    return listings.holding(member.club_id, member.phone)[0].id


def lift(club, listing_id, reason="a mistake", user_id=None):
    stop_calls.lift(club.id, listing_id, reason=reason, user_id=user_id, now=NOW)


def test_a_lifted_number_is_dialled_again_and_the_listing_says_who_when_and_why(club, member, factories, allowed):
    clerk = factories.user(name="رها")
    listing_id = stop(member)

    lift(club, listing_id, user_id=clerk.id)

    assert queries.phone_to_dial(club.id, member.id) == member.phone
    assert listings.holding(club.id, member.phone) == []
    line = listings.of_number(club.id, member.phone)[0]
    assert (line.lifted_at, line.lifted_by, line.lift_reason) == (NOW, "رها", "a mistake")
    assert allowed == [member.id]


def test_while_the_house_bars_a_number_its_club_frees_nobody(club, member, allowed):
    stop(member, house_wide=True)
    own = next(one for one in [stop(member)] if not listings.get(club.id, one).is_house_wide)

    lift(club, own)

    with pytest.raises(DoNotCallError):
        queries.phone_to_dial(club.id, member.id)
    assert allowed == []


def test_the_house_frees_every_club_but_not_those_that_bar_the_number_themselves(club, factories, allowed):
    here, there, silent = (
        factories.member(one, phone="+989121112233", consent_calls=agreed)
        for one, agreed in ((club, True), (factories.club(), True), (factories.club(), False))
    )
    house = stop(here, house_wide=True)
    stop(there)

    lift(club, house)

    assert allowed == [here.id]
    assert queries.callable_among([here.id, there.id, silent.id]) == {here.id}


def test_a_number_can_be_listed_again_after_it_was_lifted(club, member):
    lift(club, stop(member))

    stop(member, reason="complaint")

    assert [one.reason for one in listings.holding(club.id, member.phone)] == ["complaint"]
    assert len(listings.of_number(club.id, member.phone)) == 2


def test_lifted_twice_the_first_reason_stands(club, member, allowed):
    listing_id = stop(member)

    lift(club, listing_id)
    lift(club, listing_id, reason="another")

    assert listings.get(club.id, listing_id).lift_reason == "a mistake"
    assert allowed == [member.id]


def test_nothing_is_lifted_without_a_reason(club, member):
    with pytest.raises(InvalidInputError):
        lift(club, stop(member), reason="")


def test_another_clubs_listing_is_not_there(member, factories):
    with pytest.raises(NotFoundError):
        lift(factories.club(), stop(member))


@pytest.mark.parametrize("house_wide", [True, False])
def test_the_database_lists_a_number_once_at_a_time(club, member, house_wide):
    owner = None if house_wide else club.id
    db.session.add_all(DoNotCall(club_id=owner, phone=member.phone, reason="asked") for _ in range(2))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_list_comes_in_pages_and_shows_nothing_of_other_clubs(club, factories, monkeypatch):
    monkeypatch.setattr(listings, "PAGE_SIZE", 2)
    ids = [stop(factories.member(club)) for _ in range(3)]
    stop(factories.member(factories.club()))

    first, older = listings.page(club.id, is_lifted=False)
    rest, end = listings.page(club.id, is_lifted=False, before=older)

    assert [one.id for one in first + rest] == ids[::-1]
    assert end is None
