"""Credit for a fact: one ledger row and one text, in the transaction of the fact, once."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from club.credit import wording
from club.credit.models import EntryKind
from club.credit.models import LedgerEntry
from club.credit.promises import kept_promise
from club.credit.promises import preview
from club.credit.queries import AGAIN
from club.credit.queries import balance
from club.credit.scoring import for_json
from club.members.queries import get_card
from club.notices import outbox
from config.accounts.models import Club
from config.calendar import local
from config.database import add_if_new
from config.database import db
from config.errors import NotFoundError

if TYPE_CHECKING:
    from datetime import datetime

    from club.credit.promises import Promise
    from club.members.queries import MemberCard

log = logging.getLogger(__name__)
NOTICE_KIND = "credit"


@dataclass(frozen=True)
class AwardResult:
    """The ledger entry and its amount; no entry and 0 when no offer gives anything."""

    entry_id: int | None
    amount_rial: int


def award(club_id: int, member_id: int, *, source: str, source_id: int, now: datetime) -> AwardResult:
    """Pay what was promised for this fact, or the best offer of today when nothing was said.

    Paying again for the same fact finds the first entry and writes nothing. The text to the member goes into the
    outbox. Never commits. Raises NotFoundError when this club has no such member.
    """
    paid = _paid(source, source_id)
    if paid is not None:
        return paid
    card = get_card(club_id, member_id)
    club = db.session.get_one(Club, club_id)
    due = kept_promise(source, source_id) or preview(club_id, member_id, today=local(now, club.time_zone).date())
    if due.amount_rial <= 0:
        return AwardResult(None, 0)
    entry = _entry(club_id, member_id, source, source_id, due, now)
    if not add_if_new(entry):
        # Lost a race for the same fact: the winner's entry is the award, and its text is the text.
        return _paid_by_another(source, source_id)
    _tell(entry, card, club.name, now)
    return AwardResult(entry.id, entry.amount_rial)


def award_again(entry_id: int, *, club_id: int, now: datetime) -> AwardResult:
    """Give an award that was taken back anew, with its text: a reversal is not reversed. Never commits.

    Each award is given again once. Raises NotFoundError for an entry that is not this club's.
    """
    before = db.session.scalar(select(LedgerEntry).where(LedgerEntry.id == entry_id, LedgerEntry.club_id == club_id))
    if before is None:
        raise NotFoundError("There is no such ledger entry here.")
    entry = LedgerEntry(
        club_id=club_id,
        member_id=before.member_id,
        kind=EntryKind.AWARD,
        amount_rial=before.amount_rial,
        source=AGAIN,
        source_id=entry_id,
        offer_id=before.offer_id,
        candidates=before.candidates,
        created_at=now,
    )
    if not add_if_new(entry):
        return _paid_by_another(AGAIN, entry_id)
    _tell(entry, get_card(club_id, entry.member_id), db.session.get_one(Club, club_id).name, now)
    return AwardResult(entry.id, entry.amount_rial)


def _tell(entry: LedgerEntry, card: MemberCard, club: str, now: datetime) -> None:
    """The text to the member goes into the outbox."""
    log.info(
        "award %s: %s rial to member %s for %s %s",
        entry.id, entry.amount_rial, entry.member_id, entry.source, entry.source_id,
    )  # fmt: skip
    text = wording.credit_text(card.first_name, club, entry.amount_rial, balance(entry.club_id, entry.member_id))
    outbox.write(
        entry.club_id, entry.member_id, kind=NOTICE_KIND, source_id=entry.id, phone=card.phone, text=text, now=now
    )


def _entry(club_id: int, member_id: int, source: str, source_id: int, due: Promise, now: datetime) -> LedgerEntry:
    return LedgerEntry(
        club_id=club_id,
        member_id=member_id,
        kind=EntryKind.AWARD,
        amount_rial=due.amount_rial,
        source=source,
        source_id=source_id,
        offer_id=due.offer_id,
        candidates=[for_json(one) for one in due.candidates],
        created_at=now,
    )


def _paid(source: str, source_id: int) -> AwardResult | None:
    query = select(LedgerEntry.id, LedgerEntry.amount_rial)
    row = db.session.execute(
        query.where(LedgerEntry.source == source, LedgerEntry.source_id == source_id)
    ).one_or_none()
    return AwardResult(row.id, row.amount_rial) if row is not None else None


def _paid_by_another(source: str, source_id: int) -> AwardResult:
    paid = _paid(source, source_id)
    if paid is None:
        raise LookupError(f"The award for {source} {source_id} was refused, but there is none.")
    return paid
