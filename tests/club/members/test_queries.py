from __future__ import annotations

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from club.members import listings
from club.members import queries
from club.members.errors import DoNotCallError
from club.members.errors import NoConsentError
from club.members.stop_calls import add_do_not_call
from config.database import db
from config.errors import NotFoundError

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def club(app, factories):
    club, noise = factories.club(), factories.club()
    factories.purchase(factories.member(noise), purchased_at=NOW)
    return club


def stop(member, **options):
    add_do_not_call(member.club_id, member.id, **{"reason": "asked", "note": None, "user_id": None, **options})
    db.session.commit()


def test_a_card_tells_the_member_and_the_last_purchase(club, factories):
    branch, tier = factories.branch(club, name="ونک"), factories.tier(club, name="طلایی")
    member = factories.member(club, last_name="احمدی", branch_id=branch.id, tier_id=tier.id, city="تهران")
    factories.purchase(member, purchased_at=NOW - timedelta(days=9), items="چای")
    factories.purchase(member, purchased_at=NOW - timedelta(days=2), items="قهوه")

    card = queries.get_card(club.id, member.id)

    assert (card.name, card.first_name, card.branch, card.tier, card.city) == (
        "سارا احمدی",
        "سارا",
        "ونک",
        "طلایی",
        "تهران",
    )
    assert (card.last_purchase.items, card.last_purchase.branch) == ("قهوه", "ونک")


def test_a_member_without_a_first_name_is_called_by_the_last(club, factories):
    member = factories.member(club, first_name="", last_name="احمدی")

    card = queries.get_card(club.id, member.id)

    assert (card.name, card.first_name, card.last_purchase, card.tier) == ("احمدی", "احمدی", None, None)


def test_a_card_of_another_club_is_not_found(club, factories):
    member = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        queries.get_card(club.id, member.id)


def test_the_number_is_given_for_dialling_only_when_calls_are_wanted(club, factories):
    willing, silent, stopped = (factories.member(club, consent_calls=agreed) for agreed in (True, False, True))
    stop(stopped)

    assert queries.phone_to_dial(club.id, willing.id) == willing.phone
    with pytest.raises(NoConsentError):
        queries.phone_to_dial(club.id, silent.id)
    with pytest.raises(DoNotCallError):
        queries.phone_to_dial(club.id, stopped.id)
    with pytest.raises(NotFoundError):
        queries.phone_to_dial(club.id, 987_654)


def test_a_clubs_list_holds_for_that_club_and_the_houses_for_all(club, factories):
    other = factories.club()
    here, there = (factories.member(one, phone="+989121112233") for one in (club, other))
    stop(here)

    assert queries.phone_to_dial(other.id, there.id) == "+989121112233"
    stop(here, house_wide=True)
    with pytest.raises(DoNotCallError):
        queries.phone_to_dial(other.id, there.id)


@pytest.mark.parametrize("house_wide", [False, True])
def test_a_number_is_listed_once_and_its_first_reason_stays(club, factories, house_wide):
    member = factories.member(club)

    stop(member, reason="asked", house_wide=house_wide)
    stop(member, reason="complaint", house_wide=house_wide)

    assert [row.reason for row in listings.holding(club.id, member.phone)] == ["asked"]


def test_branches_come_by_name_and_tiers_by_rank(club, factories):
    for name in ("ونک", "انقلاب"):
        factories.branch(club, name=name)
    factories.tier(club, name="برنزی", rank=1)
    factories.tier(club, name="طلایی", rank=3)

    assert [one.name for one in queries.branches(club.id)] == ["انقلاب", "ونک"]
    assert [one.name for one in queries.tiers(club.id)] == ["طلایی", "برنزی"]
