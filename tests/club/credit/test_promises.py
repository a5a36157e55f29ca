from __future__ import annotations

from datetime import date

import pytest

from club.credit import offers
from club.credit.promises import preview
from club.credit.promises import promise
from club.credit.scoring import PartKind
from config.database import db
from config.errors import NotFoundError

TODAY = date(2026, 11, 21)


@pytest.fixture
def club(app, factories):
    club, noise = factories.club(), factories.club()
    factories.offer(noise, amount_rial=9_000_000)
    return club


def promised(member, source_id=1):
    return promise(member.club_id, member.id, source="survey", source_id=source_id, today=TODAY)


def test_the_best_offer_for_the_member_is_promised_with_its_reasons_and_rivals(club, factories):
    gold = factories.tier(club, name="طلایی")
    member = factories.member(club, tier_id=gold.id)
    factories.offer(club, amount_rial=180_000)
    best = factories.offer(club, name="پاییز", amount_rial=160_000, tier_percents={gold: 25})
    factories.offer(club, amount_rial=9_000_000, is_active=False)

    made = promised(member)

    assert (made.amount_rial, made.offer_id, made.offer_name) == (200_000, best.id, "پاییز")
    assert [part.kind for part in made.reasons] == [PartKind.BASE, PartKind.TIER]
    assert [one.amount_rial for one in made.candidates] == [200_000, 180_000]


def test_what_was_said_holds_whatever_becomes_of_the_offers(club, factories):
    member, offer = factories.member(club), factories.offer(club, amount_rial=100_000)
    first = promised(member)
    offers.stop(club.id, offer.id)
    factories.offer(club, amount_rial=500_000)
    db.session.commit()

    assert promised(member) == first
    assert promised(member, source_id=2).amount_rial == 500_000


def test_without_an_offer_nothing_is_promised_and_that_holds_too(club, factories):
    member = factories.member(club)
    nothing = promised(member)
    factories.offer(club)

    assert (nothing.amount_rial, nothing.offer_id, nothing.candidates) == (0, None, ())
    assert promised(member) == nothing


def test_a_preview_keeps_nothing(club, factories):
    member, offer = factories.member(club), factories.offer(club, amount_rial=100_000)

    assert preview(club.id, member.id, today=TODAY).offer_id == offer.id
    offers.stop(club.id, offer.id)
    db.session.commit()
    assert promised(member).offer_id is None


def test_a_member_of_another_club_is_not_found(club, factories):
    stranger = factories.member(factories.club())

    with pytest.raises(NotFoundError):
        promise(club.id, stranger.id, source="survey", source_id=1, today=TODAY)
