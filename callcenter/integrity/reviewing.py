"""A decision about a flagged interview, and what follows for its credit and the counts. Never commits."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy import select

from callcenter.integrity.errors import AlreadyDecidedError
from callcenter.integrity.errors import NotFlaggedError
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityDecision
from callcenter.integrity.models import Verdict
from club.credit import queries as credit
from club.credit.award import award
from club.credit.award import award_again
from club.credit.reversal import reverse
from config.database import add_if_new
from config.database import db
from config.errors import InvalidInputError
from config.live import publish_after_commit
from surveys.interviews import counting
from surveys.interviews import evidence
from surveys.interviews.errors import OwnInterviewError

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)
# What a completed interview is called in the ledger.
SOURCE = "response"
LONGEST_REASON = 500


def decide(
    club_id: int, response_id: int, *, verdict: Verdict, reason: str, seen: int, user_id: int, now: datetime
) -> None:
    """Accept or reject a flagged interview. `seen` is how many decisions about it the person knew of.

    Accepted, its credit is paid, once, and it counts. Rejected, what was paid is taken back by a row against it, and it
    counts no more. Raises NotFlaggedError, InvalidInputError on `reason` (a rejection and every change need one),
    AlreadyDecidedError when somebody was faster or it stands so already, OwnInterviewError for whoever led it.
    """
    _ensure_reason(reason, is_needed=verdict is Verdict.REJECTED or seen > 0)
    flagged = _taken(club_id, response_id)
    if user_id in evidence.leaders(response_id):
        raise OwnInterviewError(f"user {user_id} led interview {response_id}, or a part of it")
    before = decisions_of(flagged.id)
    if len(before) != seen or (before and before[-1].verdict is verdict):
        raise AlreadyDecidedError(f"{len(before)} decisions about interview {response_id}, {seen} were seen")
    entry_id = _pay(flagged, now) if verdict is Verdict.ACCEPTED else _take_back(flagged, now)
    row = IntegrityDecision(
        club_id=club_id,
        flagged_id=flagged.id,
        number=len(before) + 1,
        verdict=verdict,
        reason=reason,
        user_id=user_id,
        ledger_entry_id=entry_id,
        decided_at=now,
    )
    if not add_if_new(row):
        raise AlreadyDecidedError(f"somebody else decided about interview {response_id} at the same moment")
    if verdict is Verdict.REJECTED:
        counting.leave_out(club_id, response_id, now=now)
    else:
        counting.take_in(club_id, response_id)
    db.session.flush()
    publish_after_commit(f"results:{club_id}", {"reviewed_at": now.isoformat()})
    log.info("interview %s %s by %s, ledger entry %s", response_id, verdict.value, user_id, entry_id)


def decisions_of(flagged_id: int) -> list[IntegrityDecision]:
    """The decisions about one interview; the last one holds."""
    query = select(IntegrityDecision).where(IntegrityDecision.flagged_id == flagged_id)
    return list(db.session.scalars(query.order_by(IntegrityDecision.number)))


def _pay(flagged: FlaggedInterview, now: datetime) -> int | None:
    """The entry that this acceptance writes; None when the credit is there already, or nothing was to be paid."""
    paid = credit.paid_for(flagged.club_id, SOURCE, flagged.response_id)
    if paid is None:
        made = award(flagged.club_id, flagged.member_id, source=SOURCE, source_id=flagged.response_id, now=now)
        return made.entry_id
    return award_again(paid.entry_id, club_id=flagged.club_id, now=now).entry_id if paid.is_reversed else None


def _take_back(flagged: FlaggedInterview, now: datetime) -> int | None:
    """The reversal that this rejection writes; None when nothing had been paid."""
    paid = credit.paid_for(flagged.club_id, SOURCE, flagged.response_id)
    return None if paid is None or paid.is_reversed else reverse(paid.entry_id, club_id=flagged.club_id, now=now)


def _taken(club_id: int, response_id: int) -> FlaggedInterview:
    query = select(FlaggedInterview).where(
        FlaggedInterview.club_id == club_id, FlaggedInterview.response_id == response_id
    )
    row = db.session.scalar(query.with_for_update(), execution_options={"populate_existing": True})
    if row is None:
        raise NotFlaggedError(f"nothing speaks against interview {response_id} of club {club_id}")
    return row


def _ensure_reason(reason: str, *, is_needed: bool) -> None:
    if len(reason) > LONGEST_REASON or (is_needed and not reason):
        raise InvalidInputError("reason", f"between 1 and {LONGEST_REASON} characters")
