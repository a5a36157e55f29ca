"""The last looks before a member is handed out and before a member is dialled.

The claim compares only what stands in the entry. What was said since it was written is looked up here, for the one
entry that came out.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import exists
from sqlalchemy import select
from sqlalchemy import update

from callcenter.calls.aapor import REFUSAL
from callcenter.permission.errors import LeftOutError
from callcenter.permission.models import CampaignExclusion
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from club.members.errors import DoNotCallError
from club.members.errors import NoConsentError
from club.members.queries import phone_to_dial
from config.database import db

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

BARRED = (DoNotCallError, NoConsentError, LeftOutError)


def number_to_dial(club_id: int, member_id: int, campaign_id: int) -> str:
    """The member's number (E.164), if it may be dialled for this campaign.

    Raises NotFoundError, DoNotCallError (list of the house or of the club), LeftOutError or NoConsentError.
    """
    phone = phone_to_dial(club_id, member_id)
    if db.session.scalar(select(exists().where(*is_left_out(campaign_id, member_id)))):
        raise LeftOutError(f"Member {member_id} is left out of campaign {campaign_id}.")
    return phone


def is_left_out(campaign_id: int, member_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions on CampaignExclusion under which a member is not called for a campaign."""
    return (
        CampaignExclusion.campaign_id == campaign_id,
        CampaignExclusion.member_id == member_id,
        CampaignExclusion.lifted_at.is_(None),
    )


def admits(entry_id: int, operator_id: int, *, now: datetime) -> bool:
    """Whether an entry that was just leased may stay with its operator; else it has left the queue."""
    club_id, member_id, campaign_id = db.session.execute(
        select(QueueEntry.club_id, QueueEntry.member_id, QueueEntry.campaign_id).where(QueueEntry.id == entry_id)
    ).one()
    with suppress(*BARRED):
        number_to_dial(club_id, member_id, campaign_id)
        return True
    turn_away(entry_id, operator_id, now=now)
    return False


def turn_away(entry_id: int, operator_id: int, *, now: datetime) -> bool:
    """Close an operator's entry whose member is not to be called (any more); says whether it was theirs to close."""
    closed = db.session.scalar(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id, QueueEntry.state == EntryState.LEASED, QueueEntry.operator_id == operator_id)
        .values(
            state=EntryState.CLOSED,
            outcome=REFUSAL,
            is_barred=True,
            callback_at=None,
            leased_at=None,
            lease_until=None,
            closed_at=now,
        )
        .returning(QueueEntry.id)
        .execution_options(synchronize_session=False)
    )
    return closed is not None
