"""Members who leave queues because they are not to be called, and who come back when that is lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls import dispositions
from callcenter.calls.disposing import past_calls
from callcenter.campaigns.models import Campaign
from callcenter.campaigns.models import CampaignState
from callcenter.permission import timing
from callcenter.permission.exclusions import is_left_out
from callcenter.permission.models import CampaignExclusion
from callcenter.permission.timing import Turn
from callcenter.queue import closing
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.priorities import BASE_PRIORITY
from callcenter.skills import needs
from club.members.queries import callable_among
from club.members.queries import get_card
from config.database import add_if_new
from config.database import db
from config.database import utcnow
from config.errors import InvalidInputError
from config.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

LONGEST_REASON = 200


def on_calls_stopped(*, member_ids: Sequence[int]) -> None:
    """Who is not to be called again leaves every queue."""
    closing.close_for_do_not_call(member_ids, now=utcnow())


def on_calls_allowed(*, member_ids: Sequence[int]) -> None:
    """Who may be called again waits again in the queues that the do-not-call list had closed."""
    for member_id in member_ids:
        _let_back(member_id, now=utcnow())


def leave_out(
    club_id: int, campaign_id: int, member_id: int, *, reason: str, user_id: int | None, now: datetime
) -> None:
    """Keep one member out of one campaign; twice is the same as once.

    Raises NotFoundError when the club has no such campaign or member, InvalidInputError on `reason` without one.
    """
    _ensure_campaign(club_id, campaign_id)
    get_card(club_id, member_id)
    _ensure_reason(reason)
    row = CampaignExclusion(
        club_id=club_id, campaign_id=campaign_id, member_id=member_id, reason=reason, created_by=user_id, created_at=now
    )
    if not add_if_new(row):
        # The member is left out already; the first reason stays.
        return
    closing.close_left_out(campaign_id, member_id, now=now)


def take_back(
    club_id: int, campaign_id: int, exclusion_id: int, *, reason: str, user_id: int | None, now: datetime
) -> None:
    """Let a member who was left out be called for the campaign again; the row stays, with who, when and why.

    Raises NotFoundError when the campaign has no such exclusion, InvalidInputError on `reason` without one.
    """
    row = db.session.get(CampaignExclusion, exclusion_id, with_for_update=True)
    if row is None or (row.club_id, row.campaign_id) != (club_id, campaign_id):
        raise NotFoundError(f"Campaign {campaign_id} of club {club_id} has no exclusion {exclusion_id}.")
    _ensure_reason(reason)
    if row.lifted_at is not None:
        return
    row.lifted_at, row.lifted_by, row.lift_reason = now, user_id, reason
    db.session.flush()
    if row.member_id in callable_among([row.member_id]):
        _let_back(row.member_id, now=now)


def _let_back(member_id: int, *, now: datetime) -> None:
    """Open the member's barred entries again, with the outcome that their calls gave."""
    entries = db.session.execute(
        select(QueueEntry.id, QueueEntry.campaign_id)
        .join(Campaign, Campaign.id == QueueEntry.campaign_id)
        .where(QueueEntry.member_id == member_id, QueueEntry.is_barred, QueueEntry.state == EntryState.CLOSED)
        .where(Campaign.state != CampaignState.CLOSED)
    ).all()
    for entry_id, campaign_id in entries:
        if not db.session.scalar(select(is_left_out(campaign_id, member_id))):
            _open_again(entry_id, timing.turn_of(member_id, campaign_id, at=now, now=now))


def _open_again(entry_id: int, turn: Turn) -> None:
    calls = past_calls(entry_id)
    db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id)
        .values(
            state=EntryState.WAITING,
            outcome=dispositions.entry_outcome(calls) if calls else None,
            is_barred=False,
            operator_id=None,
            # What was promised before the bar is nobody's any more.
            callback_until=None,
            callback_operator_id=None,
            priority=BASE_PRIORITY,
            due_at=turn.due_at,
            rest_until=turn.rest_until,
            closed_at=None,
        )
    )
    needs.compute(QueueEntry.id == entry_id)


def _ensure_campaign(club_id: int, campaign_id: int) -> None:
    if not db.session.scalar(select(exists().where(Campaign.id == campaign_id, Campaign.club_id == club_id))):
        raise NotFoundError(f"Club {club_id} has no campaign {campaign_id}.")


def _ensure_reason(reason: str) -> None:
    if not 0 < len(reason) <= LONGEST_REASON:
        raise InvalidInputError("reason", f"between 1 and {LONGEST_REASON} characters")
