"""Offers: made by club staff, stopped and started, never changed, so that what was promised stays readable."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date

from sqlalchemy import select

from club.credit.models import Offer
from club.credit.models import OfferTierBonus
from club.credit.scoring import Terms
from config.database import db
from config.errors import NotFoundError


@dataclass(frozen=True, kw_only=True)
class NewOffer:
    """What club staff decide: see `scoring.Terms`; `tier_percents` is by tier id."""

    name: str
    amount_rial: int
    tier_percents: dict[int, int] = field(default_factory=dict)
    birthday_percent: int = 0
    birthday_days: int = 7
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class OfferLine:
    """An offer in the list."""

    terms: Terms
    is_active: bool


def create_offer(club_id: int, new: NewOffer) -> int:
    """Write an offer that runs at once; returns its id."""
    offer = Offer(
        club_id=club_id,
        name=new.name,
        amount_rial=new.amount_rial,
        birthday_percent=new.birthday_percent,
        birthday_days=new.birthday_days,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    offer.tier_bonuses = [
        OfferTierBonus(club_id=club_id, tier_id=tier_id, percent=percent)
        for tier_id, percent in new.tier_percents.items()
        if percent
    ]
    db.session.add(offer)
    db.session.flush()
    return offer.id


def stop(club_id: int, offer_id: int) -> None:
    """Promise this offer no more; what was promised is paid. Raises NotFoundError for another club's."""
    _get(club_id, offer_id).is_active = False


def start(club_id: int, offer_id: int) -> None:
    """Let a stopped offer run again. Raises NotFoundError for another club's."""
    _get(club_id, offer_id).is_active = True


def _get(club_id: int, offer_id: int) -> Offer:
    offer = db.session.scalar(select(Offer).where(Offer.id == offer_id, Offer.club_id == club_id))
    if offer is None:
        raise NotFoundError("There is no such offer here.")
    return offer


def all_offers(club_id: int) -> list[OfferLine]:
    """Every offer of a club: running ones first, the newest first."""
    query = select(Offer).where(Offer.club_id == club_id).order_by(Offer.is_active.desc(), Offer.id.desc())
    return [OfferLine(_terms(offer), offer.is_active) for offer in db.session.scalars(query)]


def running_terms(club_id: int) -> list[Terms]:
    """The terms of the offers that are not stopped."""
    query = select(Offer).where(Offer.club_id == club_id, Offer.is_active)
    return [_terms(offer) for offer in db.session.scalars(query)]


def _terms(offer: Offer) -> Terms:
    return Terms(
        id=offer.id,
        name=offer.name,
        amount_rial=offer.amount_rial,
        tier_percents={bonus.tier_id: bonus.percent for bonus in offer.tier_bonuses},
        birthday_percent=offer.birthday_percent,
        birthday_days=offer.birthday_days,
        starts_on=offer.starts_on,
        ends_on=offer.ends_on,
    )
