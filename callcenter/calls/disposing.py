"""Write what came of a call: once, on the call, and with its consequence on the entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta

from sqlalchemy import or_
from sqlalchemy import select

from callcenter.calls import aapor
from callcenter.calls import dispositions
from callcenter.calls import locking
from callcenter.calls.dispositions import PastCall
from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.errors import StaleCallError
from callcenter.calls.models import Call
from callcenter.calls.models import DispositionSource
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.outcomes.queries import policy_of
from callcenter.outcomes.rules import Policy
from callcenter.queue import closing
from callcenter.queue.models import QueueEntry
from config.accounts.models import Club
from config.calendar import local
from config.database import db
from config.errors import InvalidInputError
from config.errors import NotFoundError

LONGEST_CALLBACK = timedelta(days=62)


@dataclass(frozen=True)
class Word:
    """The outcome of one call: who said it, whether it costs an attempt, how long to wait before another."""

    code: str
    source: DispositionSource
    is_attempt: bool
    retry_after: timedelta
    callback_at: datetime | None = None


@dataclass(frozen=True)
class History:
    """What an entry has behind it when one of its calls is given its outcome: `calls` has that one among them."""

    calls: Sequence[Call]
    zone: str
    attempt_count: int

    @property
    def past(self) -> list[PastCall]:
        """The calls that have their outcome by now, oldest first."""
        return [_past(call, self.zone) for call in self.calls if call.disposition is not None]

    @property
    def is_proved(self) -> bool:
        """Whether an earlier call proves that the number is the member's."""
        return dispositions.is_confirmed([past.code for past in self.past])


def dispose_from_line(call_id: int, *, now: datetime) -> str:
    """Write the line's outcome of a call that ended unanswered; returns the code.

    When the member's line was never dialled the entry stays with the operator, who may try again at once.
    Raises StaleCallError for a call that is open or was answered, AlreadyDisposedError for one that has its outcome.
    """
    call = _ensure_undisposed(call_id)
    if call.ended_at is None or call.connected_at is not None:
        raise StaleCallError(f"Call {call_id} did not end unanswered.")
    policy, before = policy_of(call.campaign_id), _history_of(call)
    heard = dispositions.from_line(
        call.hangup_cause,
        call.line_status,
        was_dialled=call.member_dialled_at is not None,
        is_confirmed=before.is_proved,
        policy=policy,
    )
    word = Word(heard.code, DispositionSource.LINE, heard.is_attempt, heard.retry_after)
    _write(call, word, now)
    if call.member_dialled_at is not None:
        _move_entry(call, word, policy, before, now)
    return word.code


def dispose(
    call_id: int,
    *,
    disposition: str,
    source: DispositionSource = DispositionSource.OPERATOR,
    note: str = "",
    callback_at: datetime | None = None,
    now: datetime,
) -> None:
    """Write the outcome of an answered call, live or ended, and move its entry on.

    `disposition` is an AAPOR code; not reaching a member whose number was proved before becomes a non-contact. Raises
    StaleCallError when nobody answered the call, AlreadyDisposedError for a second outcome, InvalidInputError for a
    code or a callback time that cannot be, LeaseLostError when the entry is in other hands.
    """
    call = _ensure_undisposed(call_id)
    if call.connected_at is None:
        raise StaleCallError(f"Nobody answered call {call_id}.")
    _ensure_code(disposition)
    _ensure_callback(disposition, callback_at, now)
    call.note = note or call.note
    before = _history_of(call)
    code = dispositions.as_known(disposition, is_confirmed=before.is_proved)
    policy = policy_of(call.campaign_id)
    word = Word(code, source, True, policy.retry_after(code), callback_at)
    _write(call, word, now)
    _move_entry(call, word, policy, before, now)


def dispose_interrupted(call_id: int, *, now: datetime) -> None:
    """Write off an answered call that broke, because the member is called again: the entry stays with the operator.

    Raises StaleCallError when it is open or was not answered, AlreadyDisposedError when it has its outcome.
    """
    call = _ensure_undisposed(call_id)
    if call.ended_at is None or call.connected_at is None:
        raise StaleCallError(f"Call {call_id} is no answered call that ended.")
    _write(call, Word(aapor.MISCELLANEOUS, DispositionSource.LINE, True, timedelta()), now)
    closing.count_attempt(call.entry_id)


def dispose_abandoned(entry_id: int, *, now: datetime) -> None:
    """Give the last call of an entry its outcome when the operator left without one.

    An answered call becomes 2.36: the member was there, and is called again; the answers are kept.
    """
    call_id = db.session.scalar(
        select(Call.id)
        .where(Call.entry_id == entry_id, Call.ended_at.is_not(None), Call.disposition.is_(None))
        .order_by(Call.id.desc())
        .limit(1)
    )
    if call_id is None:
        return
    call = db.session.get_one(Call, call_id)
    if call.connected_at is None:
        dispose_from_line(call_id, now=now)
    else:
        dispose(call_id, disposition=aapor.MISCELLANEOUS, source=DispositionSource.LINE, now=now)


def _ensure_undisposed(call_id: int) -> Call:
    call = locking.call(call_id)
    if call is None:
        raise NotFoundError(f"There is no call {call_id}.")
    if call.disposition is not None:
        raise AlreadyDisposedError(call_id, call.disposition)
    return call


def _ensure_code(code: str) -> None:
    if code not in aapor.OUTCOMES:
        raise InvalidInputError("disposition", f"{code!r} is not an outcome code")


def _ensure_callback(code: str, callback_at: datetime | None, now: datetime) -> None:
    if callback_at is None:
        return
    if not aapor.OUTCOMES[code].is_temporary:
        raise InvalidInputError("callback_at", f"after {code} nobody is called again")
    if not now < callback_at <= now + LONGEST_CALLBACK:
        raise InvalidInputError("callback_at", "a promised call lies ahead, and within two months")


def _write(call: Call, word: Word, now: datetime) -> None:
    call.disposition, call.disposition_source, call.disposed_at = word.code, word.source, now
    db.session.flush()


def _move_entry(call: Call, word: Word, policy: Policy, before: History, now: datetime) -> None:
    campaign = db.session.get_one(Campaign, call.campaign_id)
    step = dispositions.next_step(
        before.past,
        attempt_count=before.attempt_count + int(word.is_attempt),
        max_attempts=campaign.max_attempts,
        retry_after=word.retry_after,
        callback_at=word.callback_at,
        policy=policy,
        now=now,
    )
    due_at = None if campaign.state is CampaignState.CLOSED else step.due_at
    closing.record_outcome(
        call.entry_id,
        operator_id=call.operator_id,
        outcome=step.outcome,
        is_attempt=word.is_attempt,
        retry_at=due_at,
        callback_at=word.callback_at if due_at else None,
        now=now,
    )


def _history_of(call: Call) -> History:
    """The entry of a call, which is locked, so that nothing is added to it but the word on this call."""
    rows = db.session.execute(
        select(Call, Club.time_zone, QueueEntry.attempt_count)
        .join(Club, Club.id == Call.club_id)
        .join(QueueEntry, QueueEntry.id == Call.entry_id)
        .where(Call.entry_id == call.entry_id, or_(Call.disposition.is_not(None), Call.id == call.id))
        .order_by(Call.id)
    ).all()
    return History([row[0] for row in rows], rows[0].time_zone, rows[0].attempt_count)


def past_calls(entry_id: int) -> list[PastCall]:
    """The calls of an entry that have their outcome, oldest first, with their days on the club's clock."""
    rows = db.session.execute(
        select(Call, Club.time_zone)
        .join(Club, Club.id == Call.club_id)
        .where(Call.entry_id == entry_id, Call.disposition.is_not(None))
        .order_by(Call.id)
    )
    return [_past(call, zone) for call, zone in rows]


def _past(call: Call, zone: str) -> PastCall:
    is_attempt = call.connected_at is not None or dispositions.was_attempt(
        call.hangup_cause, call.line_status, was_dialled=call.member_dialled_at is not None
    )
    return PastCall(call.disposition or aapor.NOT_ATTEMPTED, local(call.requested_at, zone).date(), is_attempt)
