"""The amount that is said to a member: fixed when it is first asked for, paid exactly so afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from club.credit.models import CreditPromise
from club.credit.models import Offer
from club.credit.models import OfferTierBonus
from club.credit.offers import running_terms
from club.credit.scoring import Part
from club.credit.scoring import Scored
from club.credit.scoring import for_json
from club.credit.scoring import from_json
from club.credit.scoring import weigh
from club.members.queries import credit_facts
from config.database import add_if_new
from config.database import db
from config.kept import kept

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from club.credit.scoring import Terms
    from club.members.queries import CreditFacts


@dataclass(frozen=True)
class Promise:
    """What a member will get: the best offer, why, and all that were weighed. Amount 0 and no offer: there is none."""

    amount_rial: int
    offer_id: int | None
    offer_name: str | None
    candidates: tuple[Scored, ...]
    reasons: tuple[Part, ...]


def preview(club_id: int, member_id: int, *, today: date) -> Promise:
    """What the member would get today; nothing is kept. Raises NotFoundError when this club has no such member."""
    facts = credit_facts(club_id, member_id)
    return _of(weigh(running_terms(club_id), tier_id=facts.tier_id, birth_date=facts.birth_date, today=today))


def promise(club_id: int, member_id: int, *, source: str, source_id: int, today: date) -> Promise:
    """What the member is told for this fact: asked again, the same, whatever became of the offers meanwhile.

    Raises NotFoundError when this club has no such member.
    """
    kept = kept_promise(source, source_id)
    if kept is not None:
        return kept
    made = preview(club_id, member_id, today=today)
    row = CreditPromise(
        club_id=club_id,
        member_id=member_id,
        source=source,
        source_id=source_id,
        offer_id=made.offer_id,
        amount_rial=made.amount_rial,
        candidates=[for_json(one) for one in made.candidates],
    )
    if not add_if_new(row):
        # The same question was asked twice at once; what the other was told holds.
        return kept_promise(source, source_id) or made
    return made


def kept_promise(source: str, source_id: int) -> Promise | None:
    """The promise made for this fact, if there is one."""
    query = select(CreditPromise).where(CreditPromise.source == source, CreditPromise.source_id == source_id)
    row = db.session.scalar(query)
    return _of([from_json(one) for one in row.candidates]) if row is not None else None


def _of(candidates: list[Scored]) -> Promise:
    if not candidates:
        return Promise(0, None, None, (), ())
    best = candidates[0]
    return Promise(best.amount_rial, best.offer_id, best.name, tuple(candidates), best.parts)


@kept(CreditPromise)
def promise_to_show(source: str, source_id: int) -> Promise | None:
    """As `kept_promise`; what was read is kept for some seconds."""
    return kept_promise(source, source_id)


def preview_to_show(club_id: int, facts: CreditFacts, *, today: date) -> Promise:
    """As `preview`, for what is known of a member; the offers that were read are kept for some seconds."""
    return _of(weigh(_terms_to_show(club_id), tier_id=facts.tier_id, birth_date=facts.birth_date, today=today))


@kept(Offer, OfferTierBonus)
def _terms_to_show(club_id: int) -> Sequence[Terms]:
    return tuple(running_terms(club_id))
