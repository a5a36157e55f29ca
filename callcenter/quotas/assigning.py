"""Which quota cell each member of a campaign belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import delete
from sqlalchemy import select
from sqlalchemy import update

from callcenter.queue.models import CellKind
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from club.members.drawing import kind_of_member
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from callcenter.campaigns.models import Campaign
    from club.members.facets import Kind


def kinds_of(campaign_id: int) -> Mapping[int, Kind]:
    """The kinds of members that a campaign's cells ask for, by the cell's id."""
    return conditions_of(campaign_id, CellKind.MEMBERS)


def conditions_of(campaign_id: int, kind: CellKind) -> dict[int, dict[str, Any]]:
    """The conditions of a campaign's cells of one kind, by the cell's id."""
    of_kind = select(QuotaCell).where(QuotaCell.campaign_id == campaign_id, QuotaCell.kind == kind)
    return {cell.id: cell.facets for cell in db.session.scalars(of_kind.order_by(QuotaCell.id))}


def assign_again(campaign: Campaign, *, first_id: int, last_id: int, now: datetime) -> None:
    """Bring the entries of these members to the cells as they are now, before anybody was called.

    Where nobody else is called, those of no cell leave the queue.
    """
    kinds = kinds_of(campaign.id)
    cell_id = kind_of_member(QueueEntry.member_id, kinds, today=now)
    of_them = (QueueEntry.campaign_id == campaign.id, QueueEntry.member_id.between(first_id, last_id))
    if needs_cell(campaign, kinds):
        db.session.execute(
            delete(QueueEntry).where(*of_them, cell_id.is_(None)).execution_options(synchronize_session=False)
        )
    db.session.execute(
        update(QueueEntry)
        .where(*of_them, QueueEntry.cell_id.is_distinct_from(cell_id))
        .values(cell_id=cell_id)
        .execution_options(synchronize_session=False)
    )


def needs_cell(campaign: Campaign, kinds: Mapping[int, Kind]) -> bool:
    """Whether only members of one of the kinds are called."""
    return bool(kinds) and not campaign.calls_others
