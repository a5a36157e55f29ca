"""The seat that an interview has in a quota cell over answers: taken when they are known, never one too many.

Nothing here commits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from callcenter.queue.models import CellKind
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from callcenter.quotas.cells import fulfils
from callcenter.quotas.errors import QuotaFullError
from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries as interviews

if TYPE_CHECKING:
    from surveys.interviews.queries import ResponseLine


@dataclass(frozen=True)
class FullCell:
    """The cell whose target keeps an interview from going on; `conditions` are those on the answers."""

    id: int
    conditions: dict[str, Any]


def take_seat(response: ResponseLine) -> None:
    """Hold a seat in the cell that the answers tell, and give back the one of answers that were corrected.

    Nothing while not all of its questions were asked. Raises QuotaFullError when no seat is left.
    """
    cells = _cells(response.campaign_id)
    if not cells:
        return
    # Before the entry, as whoever stops the interview does; and no answer changes meanwhile.
    interviewing.take(response.id)
    wanted = _cell_of(response.id, cells)
    cell_id = None if wanted is None else wanted.id
    held_id = db.session.scalar(
        select(QueueEntry.answer_cell_id).where(QueueEntry.id == response.entry_id).with_for_update(key_share=True)
    )
    if held_id == cell_id:
        return
    try:
        with db.session.begin_nested():
            _lock(held_id, cell_id)
            _point_to(response.entry_id, cell_id)
    except IntegrityError:
        raise QuotaFullError(f"Quota cell {cell_id} has no seat for entry {response.entry_id}.") from None


def full_cell(campaign_id: int, entry_id: int, response_id: int) -> FullCell | None:
    """The cell of the answers, when it is full and the interview has no seat in it."""
    cells = _cells(campaign_id)
    wanted = _cell_of(response_id, cells) if cells else None
    if wanted is None or not wanted.is_full:
        return None
    held_id = db.session.scalar(select(QueueEntry.answer_cell_id).where(QueueEntry.id == entry_id))
    return None if held_id == wanted.id else FullCell(wanted.id, wanted.facets)


def record_end(entry_id: int, cell_id: int) -> None:
    """Keep with a closed entry which full cell has ended its interview."""
    _point_to(entry_id, cell_id)


def _cells(campaign_id: int) -> list[QuotaCell]:
    of_answers = select(QuotaCell).where(QuotaCell.campaign_id == campaign_id, QuotaCell.kind == CellKind.ANSWERS)
    # The triggers count without telling the session.
    return list(db.session.scalars(of_answers.order_by(QuotaCell.id).execution_options(populate_existing=True)))


def _cell_of(response_id: int, cells: list[QuotaCell]) -> QuotaCell | None:
    codes = {code for cell in cells for code in cell.facets}
    values = interviews.values_of(response_id, codes)
    return None if values is None else next((cell for cell in cells if fulfils(values, cell.facets)), None)


def _lock(*cell_ids: int | None) -> None:
    """Two interviews that change places between two cells would wait for each other for ever."""
    if None not in cell_ids:
        db.session.execute(
            select(QuotaCell.id).where(QuotaCell.id.in_(cell_ids)).order_by(QuotaCell.id).with_for_update()
        )


def _point_to(entry_id: int, cell_id: int | None) -> None:
    db.session.execute(
        update(QueueEntry)
        .where(QueueEntry.id == entry_id)
        .values(answer_cell_id=cell_id)
        .execution_options(synchronize_session=False)
    )
