"""What an offer is worth to a member, and which one is best. Pure.

The bonuses are per cents of the fixed amount and add up; each is rounded half up to whole Toman, because the sum is
said aloud and must be the sum that is paid. A birthday is a day of the Jalali year, as it is kept here.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from typing import Any

from config.calendar import anniversary
from config.calendar import jalali_year

if TYPE_CHECKING:
    from collections.abc import Iterable

RIAL_PER_TOMAN = 10


class PartKind(StrEnum):
    """Why a part of an amount is given."""

    BASE = "base"
    TIER = "tier"
    BIRTHDAY = "birthday"


@dataclass(frozen=True)
class Terms:
    """An offer: a fixed amount, a per cent more by tier id, and a per cent more within days of the birthday."""

    id: int
    name: str
    amount_rial: int
    tier_percents: dict[int, int] = field(default_factory=dict)
    birthday_percent: int = 0
    birthday_days: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Part:
    """One reason of an amount; `percent` is 0 for the fixed part."""

    kind: PartKind
    percent: int
    amount_rial: int


@dataclass(frozen=True)
class Scored:
    """What one offer is worth to one member on one day."""

    offer_id: int
    name: str
    ends_on: date | None
    amount_rial: int
    parts: tuple[Part, ...]


def weigh(offers: Iterable[Terms], *, tier_id: int | None, birth_date: date | None, today: date) -> list[Scored]:
    """The offers that hold today with their worth, best first; of equals the one that ends first, then the older."""
    scored = [
        score(terms, tier_id=tier_id, birth_date=birth_date, today=today) for terms in offers if holds_on(terms, today)
    ]
    return sorted(scored, key=lambda one: (-one.amount_rial, one.ends_on or date.max, one.offer_id))


def holds_on(terms: Terms, today: date) -> bool:
    """Whether the offer runs today; both ends are included, a missing end is open."""
    return (terms.starts_on or date.min) <= today <= (terms.ends_on or date.max)


def score(terms: Terms, *, tier_id: int | None, birth_date: date | None, today: date) -> Scored:
    """What the offer is worth to a member of this tier and birthday."""
    parts = [Part(PartKind.BASE, 0, terms.amount_rial)]
    if tier_id is not None and (percent := terms.tier_percents.get(tier_id, 0)):
        parts.append(Part(PartKind.TIER, percent, _bonus(terms.amount_rial, percent)))
    if terms.birthday_percent and birth_date is not None and is_near_birthday(birth_date, today, terms.birthday_days):
        parts.append(Part(PartKind.BIRTHDAY, terms.birthday_percent, _bonus(terms.amount_rial, terms.birthday_percent)))
    return Scored(terms.id, terms.name, terms.ends_on, sum(part.amount_rial for part in parts), tuple(parts))


def _bonus(amount_rial: int, percent: int) -> int:
    unit = 100 * RIAL_PER_TOMAN
    return (amount_rial * percent + unit // 2) // unit * RIAL_PER_TOMAN


def is_near_birthday(birth_date: date, today: date, days: int) -> bool:
    """Whether today is at most `days` before or after a Jalali birthday; 30 Esfand is kept on 29 in common years."""
    year = jalali_year(today)
    return any(abs((anniversary(birth_date, near) - today).days) <= days for near in (year - 1, year, year + 1))


def for_json(scored: Scored) -> dict[str, Any]:
    """A scored offer as it is kept with a promise or an award."""
    return {
        "offer_id": scored.offer_id,
        "name": scored.name,
        "ends_on": scored.ends_on.isoformat() if scored.ends_on else None,
        "amount_rial": scored.amount_rial,
        "parts": [[part.kind.value, part.percent, part.amount_rial] for part in scored.parts],
    }


def from_json(kept: dict[str, Any]) -> Scored:
    """The scored offer that `for_json` kept."""
    return Scored(
        offer_id=kept["offer_id"],
        name=kept["name"],
        ends_on=date.fromisoformat(kept["ends_on"]) if kept["ends_on"] else None,
        amount_rial=kept["amount_rial"],
        parts=tuple(Part(PartKind(kind), percent, amount) for kind, percent, amount in kept["parts"]),
    )
