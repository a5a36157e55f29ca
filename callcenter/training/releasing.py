"""Promised calls whose operator may not make them any more. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists
from sqlalchemy import select

from callcenter.operators.models import Operator
from callcenter.queue import promises
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.training.gate import holds
from callcenter.training.models import CampaignCertificate
from config.database import db


def release_uncertified(*, now: datetime) -> set[tuple[int, int]]:
    """Make the promises of operators who lack the certificate that a campaign asks for anybody's.

    A certificate ends by its day, by a version that was reworded, or because a campaign asks for one since yesterday:
    no act comes with it that could do this. Gives whose they were, as (operator, club).
    """
    of_campaign = CampaignCertificate.campaign_id == QueueEntry.campaign_id
    owned = (
        select(QueueEntry.id, Operator.user_id, QueueEntry.club_id)
        .join(Operator, Operator.user_id == QueueEntry.callback_operator_id)
        .where(QueueEntry.state == EntryState.WAITING, QueueEntry.callback_at.is_not(None))
        .where(exists().where(of_campaign, ~holds(Operator.user_id, now=now)))
        # What somebody promises or claims in this moment comes with the next look.
        .order_by(QueueEntry.id)
        .with_for_update(skip_locked=True, of=QueueEntry)
    )
    rows = db.session.execute(owned).all()
    for entry_id, _operator_id, _club_id in rows:
        promises.let_anybody(entry_id)
    return {(operator_id, club_id) for _entry_id, operator_id, club_id in rows}
