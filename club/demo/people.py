"""Members, branches, tiers, purchases and offers of a demo club, written in bulk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import insert

from club.credit.models import Offer
from club.credit.models import OfferTierBonus
from club.demo import names
from club.members.models import Branch
from club.members.models import Gender
from club.members.models import Member
from club.members.models import Purchase
from club.members.models import Tier
from config.database import db
from config.text import search_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random


CONSENTED_SHARE = 0.95
PURCHASE_DAYS = 90
# The simulated exchange goes by the last digit: 0, 7, 8 and 9 answer and stay, the others end in every other way.
LAST_DIGITS = "0789078907890789078963236145237890"
# The queue is built in the order of the members: whoever tries the demo begins with people who answer.
FIRST_WHO_ANSWER = 40


@dataclass(frozen=True)
class DemoMember:
    """A member as the rest of the demo needs to know them."""

    id: int
    name: str
    phone: str
    branch_id: int
    tier_id: int
    consents: bool


@dataclass(frozen=True)
class DemoClub:
    """What a demo club consists of: one name to each branch, the range of its numbers, what it sells."""

    club_id: int
    branches: Sequence[str]
    tiers: Sequence[str]
    first_number: int
    items: Sequence[str]


def fill(club: DemoClub, count: int, *, chance: Random, now: datetime) -> list[DemoMember]:
    """Write `count` members with their purchases of the last 90 days; returns them in the order of their ids."""
    branch_ids = _named_rows(Branch.__table__, club.club_id, club.branches)
    tier_ids = _named_rows(Tier.__table__, club.club_id, club.tiers, ranks=True)
    rows = [_member(club, index, branch_ids, tier_ids, chance, now) for index in range(count)]
    ids = db.session.scalars(insert(Member).returning(Member.id, sort_by_parameter_order=True), rows).all()
    members = [
        DemoMember(
            member_id,
            f"{row['first_name']} {row['last_name']}",
            row["phone"],
            row["branch_id"],
            row["tier_id"],
            row["consent_calls"],
        )
        for member_id, row in zip(ids, rows, strict=True)
    ]
    purchases = [purchase for member in members for purchase in _purchases(club, member, chance, now)]
    db.session.execute(insert(Purchase), purchases)
    return members


def _named_rows(table: Any, club_id: int, titles: Sequence[str], *, ranks: bool = False) -> list[int]:
    rows: list[dict[str, Any]] = [
        {"club_id": club_id, "name": title, "name_key": search_key(title)} for title in titles
    ]
    if ranks:
        rows = [{**row, "rank": rank} for rank, row in enumerate(rows)]
    return list(db.session.scalars(insert(table).returning(table.c.id, sort_by_parameter_order=True), rows))


def _member(
    club: DemoClub, index: int, branch_ids: list[int], tier_ids: list[int], chance: Random, now: datetime
) -> dict[str, Any]:
    gender = chance.choice(list(Gender))
    first = chance.choice(names.FEMALE_NAMES if gender is Gender.FEMALE else names.MALE_NAMES)
    last = chance.choice(names.LAST_NAMES)
    external_id = f"{club.first_number + index}"
    digits = LAST_DIGITS[:20] if index < FIRST_WHO_ANSWER and index % 8 != 7 else LAST_DIGITS  # noqa: PLR2004  # one of eight is a surprise
    joined = now.date() - timedelta(days=chance.randint(120, 1500))
    return {
        "club_id": club.club_id,
        "phone": f"+98999{club.first_number + index:06}{chance.choice(digits)}",
        "external_id": external_id,
        "first_name": first,
        "last_name": last,
        "search_key": search_key(f"{first} {last} {external_id}"),
        "gender": gender,
        "city": chance.choice(names.CITIES),
        "branch_id": chance.choices(branch_ids, [5, 4, 3][: len(branch_ids)])[0],
        "tier_id": chance.choices(tier_ids, [6, 3, 1][: len(tier_ids)])[0],
        "birth_date": _birthday(chance, now.date()),
        "joined_at": joined,
        "consent_calls": index < FIRST_WHO_ANSWER or chance.random() < CONSENTED_SHARE,
        "custom": {},
        "created_at": now - timedelta(days=100),
        "updated_at": now - timedelta(days=100),
    }


def _birthday(chance: Random, today: date) -> date | None:
    if chance.random() < 0.15:  # noqa: PLR2004  # clubs do not know every birthday
        return None
    return today - timedelta(days=chance.randint(19 * 365, 68 * 365))


def _purchases(club: DemoClub, member: DemoMember, chance: Random, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "club_id": club.club_id,
            "member_id": member.id,
            "branch_id": member.branch_id,
            "amount_rial": chance.randint(9, 140) * 100_000,
            "items": chance.choice(club.items),
            "purchased_at": now - timedelta(days=chance.uniform(0.5, PURCHASE_DAYS)),
        }
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4)))
    ]


def add_offers(club_id: int, *, name: str, amount_rial: int, tier_ids: Sequence[int], now: datetime) -> None:
    """Write the club's offers: a fixed amount, more for the higher tiers, and more near the birthday."""
    plain = Offer(club_id=club_id, name=name, amount_rial=amount_rial, created_at=now)
    plain.tier_bonuses = [
        OfferTierBonus(club_id=club_id, tier_id=tier_id, percent=percent)
        for tier_id, percent in zip(tier_ids[1:], (20, 50), strict=False)
    ]
    birthday = Offer(
        club_id=club_id,
        name="هدیه‌ی تولد",
        amount_rial=amount_rial,
        birthday_percent=100,
        birthday_days=7,
        created_at=now,
    )
    db.session.add_all([plain, birthday])
    db.session.flush()
