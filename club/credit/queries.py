"""Balances and ledgers: always sums of the rows, never a stored figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select
from sqlalchemy import bindparam
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import aliased

from club.credit.models import EntryKind
from club.credit.models import LedgerEntry
from club.credit.models import Offer
from club.credit.scoring import Part
from club.credit.scoring import from_json
from config.database import db
from config.statements import run_plain

# The fact of an award that is given again: its id is that of the award that was taken back.
AGAIN = "again"


@dataclass(frozen=True)
class LedgerLine:
    """One movement of credit, the credit after it, and for an award why it is so much.

    `is_reversed` when a later row takes it back.
    """

    id: int
    kind: EntryKind
    amount_rial: int
    balance_rial: int
    offer_name: str | None
    created_at: datetime
    is_reversed: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paid:
    """An award, and whether a later row takes it back."""

    entry_id: int
    amount_rial: int
    is_reversed: bool


def balance(club_id: int, member_id: int) -> int:
    """The member's credit in rial."""
    db.session.flush()
    # PostgreSQL sums bigints as numeric.
    return int(run_plain(_balance(), {"club": club_id, "member": member_id}).scalar() or 0)


@cache
def _balance() -> Select[int]:
    """Asked at every refresh of every desk, so built once."""
    total = select(func.sum(LedgerEntry.amount_rial))
    return total.where(LedgerEntry.club_id == bindparam("club"), LedgerEntry.member_id == bindparam("member"))


def ledger(club_id: int, member_id: int) -> list[LedgerLine]:
    """Every movement of a member's credit, the newest first."""
    query = (
        select(LedgerEntry, Offer.name)
        .outerjoin(Offer, Offer.id == LedgerEntry.offer_id)
        .where(LedgerEntry.club_id == club_id, LedgerEntry.member_id == member_id)
        .order_by(LedgerEntry.id)
    )
    rows = db.session.execute(query).all()
    reversed_ids = {entry.reverses_id for entry, _ in rows}
    lines: list[LedgerLine] = []
    running = 0
    for entry, offer_name in rows:
        running += entry.amount_rial
        lines.append(
            LedgerLine(
                entry.id,
                entry.kind,
                entry.amount_rial,
                running,
                offer_name,
                entry.created_at,
                entry.id in reversed_ids,
                _parts(entry),
            )
        )
    return lines[::-1]


def _parts(entry: LedgerEntry) -> tuple[Part, ...]:
    """Why the entry is what it is: the parts of the best of the offers that were weighed for it."""
    return from_json(entry.candidates[0]).parts if entry.candidates else ()


def paid_for(club_id: int, source: str, source_id: int) -> Paid | None:
    """The award for a fact: the last one, where it was taken back and given again. None when nothing was paid."""
    paid = _award(club_id, source, source_id)
    while paid is not None and paid.is_reversed:
        again = _award(club_id, AGAIN, paid.entry_id)
        if again is None:
            break
        paid = again
    return paid


def _award(club_id: int, source: str, source_id: int) -> Paid | None:
    later = aliased(LedgerEntry)
    row = db.session.execute(
        select(LedgerEntry.id, LedgerEntry.amount_rial, later.id.is_not(None))
        .outerjoin(later, later.reverses_id == LedgerEntry.id)
        .where(LedgerEntry.club_id == club_id, LedgerEntry.source == source, LedgerEntry.source_id == source_id)
    ).one_or_none()
    return Paid(*row) if row is not None else None
