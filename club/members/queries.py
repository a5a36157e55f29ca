"""What others may know of members: cards for screens, the number to dial."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import exists
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select

from club.members.errors import DoNotCallError
from club.members.errors import NoConsentError
from club.members.models import Branch
from club.members.models import DoNotCall
from club.members.models import Member
from club.members.models import Purchase
from club.members.models import Tier
from config.database import db
from config.errors import NotFoundError
from config.statements import run_plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy import ScalarSelect
    from sqlalchemy import Select
    from sqlalchemy import SQLColumnExpression


@dataclass(frozen=True)
class Named:
    """A branch or a tier."""

    id: int
    name: str


@dataclass(frozen=True)
class PurchaseLine:
    """One purchase."""

    purchased_at: datetime
    amount_rial: int
    items: str
    branch: str | None


@dataclass(frozen=True)
class CreditFacts:
    """What an offer may look at."""

    tier_id: int | None
    birth_date: date | None


@dataclass(frozen=True)
class MemberCard:
    """What an operator needs to know of a member; `phone` is E.164 and shown masked.

    `is_barred`: the number is on the do-not-call list of the club or of the house.
    """

    id: int
    name: str
    first_name: str
    phone: str
    tier: str | None
    tier_id: int | None
    branch: str | None
    branch_id: int | None
    joined_at: date | None
    city: str | None
    last_purchase: PurchaseLine | None
    consent_calls: bool
    language: str | None
    is_barred: bool
    birth_date: date | None

    @property
    def credit_facts(self) -> CreditFacts:
        """What an offer may look at."""
        return CreditFacts(self.tier_id, self.birth_date)


def get_card(club_id: int, member_id: int) -> MemberCard:
    """The card of a member. Raises NotFoundError when this club has no such member."""
    db.session.flush()
    row = run_plain(_card(), {"club": club_id, "member": member_id}).one_or_none()
    if row is None:
        raise NotFoundError("There is no such member here.")
    bought = PurchaseLine(row.purchased_at, row.amount_rial, row.items, row.shop) if row.purchased_at else None
    return MemberCard(
        id=row.id,
        name=full_name(row.first_name, row.last_name),
        first_name=row.first_name or row.last_name,
        phone=row.phone,
        tier=row.tier,
        tier_id=row.tier_id,
        branch=row.branch,
        branch_id=row.branch_id,
        joined_at=row.joined_at,
        city=row.city,
        last_purchase=bought,
        consent_calls=row.consent_calls,
        language=row.language,
        is_barred=bool(row.is_barred),
        birth_date=row.birth_date,
    )


@cache
def _card() -> Select[*tuple[Any, ...]]:
    """Asked at every refresh of every desk, so built once."""
    shop = Branch.__table__.alias("shop")
    last = (
        select(Purchase.id)
        .where(Purchase.club_id == Member.club_id, Purchase.member_id == Member.id)
        .order_by(Purchase.purchased_at.desc(), Purchase.id.desc())
        .limit(1)
        .correlate(Member)
        .scalar_subquery()
    )
    bought = Purchase.__table__.alias("bought")
    names = ("id", "first_name", "last_name", "phone", "tier_id", "branch_id", "joined_at", "city", "consent_calls")
    return (
        select(
            *(getattr(Member, name) for name in (*names, "language", "birth_date")),
            Tier.name.label("tier"),
            Branch.name.label("branch"),
            *(bought.c[name] for name in ("purchased_at", "amount_rial", "items")),
            shop.c.name.label("shop"),
            on_do_not_call_list().label("is_barred"),
        )
        .select_from(Member)
        .outerjoin(Tier, Tier.id == Member.tier_id)
        .outerjoin(Branch, Branch.id == Member.branch_id)
        .outerjoin(bought, bought.c.id == last)
        .outerjoin(shop, shop.c.id == bought.c.branch_id)
        .where(Member.club_id == bindparam("club"), Member.id == bindparam("member"))
    )


def full_name(first_name: str, last_name: str) -> str:
    """Both names, or the one there is."""
    return f"{first_name} {last_name}".strip()


def purchases(club_id: int, member_id: int, *, limit: int) -> list[PurchaseLine]:
    """The latest purchases of a member, the newest first."""
    query = (
        select(Purchase.purchased_at, Purchase.amount_rial, Purchase.items, Branch.name)
        .outerjoin(Branch, Branch.id == Purchase.branch_id)
        .where(Purchase.club_id == club_id, Purchase.member_id == member_id)
        .order_by(Purchase.purchased_at.desc(), Purchase.id.desc())
        .limit(limit)
    )
    return [PurchaseLine(*row) for row in db.session.execute(query)]


def names(club_id: int, member_ids: Sequence[int]) -> dict[int, str]:
    """The full names of the club's members among these ids."""
    query = select(Member.id, Member.first_name, Member.last_name).where(Member.club_id == club_id)
    return {row[0]: full_name(row[1], row[2]) for row in db.session.execute(query.where(Member.id.in_(member_ids)))}


def phones(club_id: int, member_ids: Sequence[int]) -> dict[int, str]:
    """The numbers (E.164) of the club's members among these ids."""
    query = select(Member.id, Member.phone).where(Member.club_id == club_id, Member.id.in_(member_ids))
    return {row[0]: row[1] for row in db.session.execute(query)}


def credit_facts(club_id: int, member_id: int) -> CreditFacts:
    """Tier and birth date. Raises NotFoundError when this club has no such member."""
    query = select(Member.tier_id, Member.birth_date).where(Member.club_id == club_id, Member.id == member_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotFoundError("There is no such member here.")
    return CreditFacts(*row)


def count(club_id: int) -> int:
    """How many members the club has."""
    return db.session.scalar(select(func.count()).select_from(Member).where(Member.club_id == club_id)) or 0


def on_do_not_call_list() -> ColumnElement[bool]:
    """In a query about members: whether the number is on the list of the club or of the house."""
    listed = or_(DoNotCall.club_id == Member.club_id, DoNotCall.club_id.is_(None))
    is_same = DoNotCall.phone == Member.phone
    return exists(select(DoNotCall.id).where(is_same, DoNotCall.lifted_at.is_(None), listed).correlate(Member))


def callable_among(member_ids: Sequence[int]) -> set[int]:
    """Those of the members who agreed to be called and are on no do-not-call list."""
    query = select(Member.id).where(Member.id.in_(member_ids), Member.consent_calls, ~on_do_not_call_list())
    return set(db.session.scalars(query))


def phone_to_dial(club_id: int, member_id: int) -> str:
    """The number to dial (E.164), the last check before dialling.

    Raises NotFoundError, DoNotCallError, or NoConsentError.
    """
    db.session.flush()
    row = run_plain(_number(), {"club": club_id, "member": member_id}).one_or_none()
    if row is None:
        raise NotFoundError("There is no such member here.")
    ensure_callable(member_id, is_barred=row.is_barred, consent_calls=row.consent_calls)
    return str(row.phone)


def call_facts(member_id: SQLColumnExpression[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """`is_barred` and `consent_calls` of the member whose id stands in another query's column, for that query."""
    of_member = Member.id == member_id
    return (
        exists().where(of_member, on_do_not_call_list()).correlate_except(Member).label("is_barred"),
        exists().where(of_member, Member.consent_calls).correlate_except(Member).label("consent_calls"),
    )


def ensure_callable(member_id: int, *, is_barred: bool, consent_calls: bool) -> None:
    """Raises DoNotCallError or NoConsentError."""
    if is_barred:
        raise DoNotCallError(f"Member {member_id} is on a do-not-call list.")
    if not consent_calls:
        raise NoConsentError(f"Member {member_id} has not agreed to be called.")


@cache
def _number() -> Select[*tuple[Any, ...]]:
    """Asked for every claim, so built once."""
    query = select(Member.phone, Member.consent_calls, on_do_not_call_list().label("is_barred"))
    return query.where(Member.club_id == bindparam("club"), Member.id == bindparam("member"))


def branches(club_id: int) -> list[Named]:
    """The branches of a club, by name."""
    query = select(Branch.id, Branch.name).where(Branch.club_id == club_id).order_by(Branch.name_key)
    return [Named(*row) for row in db.session.execute(query)]


def tiers(club_id: int) -> list[Named]:
    """The tiers of a club, the best first."""
    query = select(Tier.id, Tier.name).where(Tier.club_id == club_id).order_by(Tier.rank.desc(), Tier.name_key)
    return [Named(*row) for row in db.session.execute(query)]


def ids_in_branch(club_id: int, branch_id: int) -> Select[int]:
    """A select of the ids of a branch's members, to stand inside another query."""
    return select(Member.id).where(Member.club_id == club_id, Member.branch_id == branch_id)


def language_of(member_id: SQLColumnExpression[int]) -> ScalarSelect[str | None]:
    """The language of the member whose id stands in another query's column, to stand inside that query."""
    return select(Member.language).where(Member.id == member_id).correlate_except(Member).scalar_subquery()
