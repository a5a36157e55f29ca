"""What the pages of an interview and of a member show of its review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.integrity import queries
from callcenter.integrity import wording
from callcenter.integrity.models import IntegrityDecision
from callcenter.integrity.queries import Standing
from callcenter.integrity.reviewing import SOURCE
from callcenter.recordings.models import Recording
from club.credit import queries as credit
from club.credit.promises import kept_promise
from config.accounts.models import User
from config.database import db
from surveys.interviews import evidence

if TYPE_CHECKING:
    from datetime import datetime

    from flask_babel import LazyString

    from callcenter.integrity.models import Verdict
    from callcenter.integrity.queries import FlaggedLine


@dataclass(frozen=True)
class Decided:
    """One decision, and who took it."""

    verdict: Verdict
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Review:
    """A flagged interview: what speaks against it, what was decided, and what of its credit.

    `amount_rial` is what waits, was paid or was not paid; `is_paid` whether the member has it now.
    `leaders` led the interview, or a part of it, and do not decide about it.
    """

    line: FlaggedLine
    label: LazyString
    kind: str
    reasons: tuple[str, ...]
    decisions: tuple[Decided, ...]
    amount_rial: int
    is_paid: bool
    recording_ids: tuple[int, ...]
    leaders: frozenset[int]

    @property
    def is_pending(self) -> bool:
        """Nobody has decided yet."""
        return self.line.standing is Standing.PENDING

    @property
    def is_rejected(self) -> bool:
        """The interview is not counted."""
        return self.line.standing is Standing.REJECTED

    @property
    def why(self) -> str:
        """The reason of the last decision; empty without one."""
        return self.decisions[-1].reason if self.decisions else ""


def of_response(*, club_id: int, response_id: int) -> list[Review]:
    """The review of an interview, if something speaks against it."""
    line = queries.of_response(club_id, response_id)
    return [] if line is None else [_review(club_id, line)]


def of_member(*, club_id: int, member_id: int) -> list[Review]:
    """The reviews of a member's interviews, the newest first."""
    return [_review(club_id, line) for line in queries.of_member(club_id, member_id)]


def _review(club_id: int, line: FlaggedLine) -> Review:
    label, kind = wording.STANDINGS[line.standing]
    paid = credit.paid_for(club_id, SOURCE, line.response_id)
    promised = kept_promise(SOURCE, line.response_id)
    return Review(
        line=line,
        label=label,
        kind=kind,
        reasons=tuple(wording.reason(flag) for flag in line.flags),
        decisions=_decisions(line.id),
        amount_rial=paid.amount_rial if paid else promised.amount_rial if promised else 0,
        is_paid=paid is not None and not paid.is_reversed,
        recording_ids=recordings_of(line.entry_id),
        leaders=evidence.leaders(line.response_id),
    )


def _decisions(flagged_id: int) -> tuple[Decided, ...]:
    rows = db.session.execute(
        select(IntegrityDecision.verdict, IntegrityDecision.reason, User.name, IntegrityDecision.decided_at)
        .join(User, User.id == IntegrityDecision.user_id)
        .where(IntegrityDecision.flagged_id == flagged_id)
        .order_by(IntegrityDecision.number)
    )
    return tuple(Decided(*row) for row in rows)


def recordings_of(entry_id: int) -> tuple[int, ...]:
    """The recordings of an entry's calls, oldest first."""
    query = select(Recording.id).join(Call, Call.id == Recording.call_id).where(Call.entry_id == entry_id)
    return tuple(db.session.scalars(query.order_by(Recording.id)))
