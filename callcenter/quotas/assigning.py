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
from config.database import db

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from club.members.facets import Kind
    from club.members.queries import Candidate


def kinds_of(campaign_id: int) -> Mapping[int, Kind]:
    """The kinds of members that a campaign's cells ask for, by the cell's id."""
    return conditions_of(campaign_id, CellKind.MEMBERS)


def conditions_of(campaign_id: int, kind: CellKind) -> dict[int, dict[str, Any]]:
    """The conditions of a campaign's cells of one kind, by the cell's id."""
    of_kind = select(QuotaCell).where(QuotaCell.campaign_id == campaign_id, QuotaCell.kind == kind)
    return {cell.id: cell.facets for cell in db.session.scalars(of_kind.order_by(QuotaCell.id))}


def assign_again(campaign_id: int, candidates: Sequence[Candidate], *, needs_cell: bool) -> None:
    """Bring the entries of these candidates (in order of id) to the cells as they are now, before anybody was called.

    Where a member `needs_cell`, those of none leave the queue.
    """
    of_member = {candidate.member_id: candidate.kind_id for candidate in candidates}
    in_range = QueueEntry.member_id.between(candidates[0].member_id, candidates[-1].member_id)
    rows = db.session.execute(
        select(QueueEntry.id, QueueEntry.member_id, QueueEntry.cell_id).where(
            QueueEntry.campaign_id == campaign_id, in_range
        )
    ).all()
    leaving = [row.id for row in rows if needs_cell and of_member[row.member_id] is None]
    moved = [
        {"id": row.id, "cell_id": of_member[row.member_id]} for row in rows if row.cell_id != of_member[row.member_id]
    ]
    if moved:
        db.session.execute(update(QueueEntry), moved)
    if leaving:
        db.session.execute(
            delete(QueueEntry).where(QueueEntry.id.in_(leaving)).execution_options(synchronize_session=False)
        )
