"""How full the quota cells of a campaign are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import func
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from callcenter.calls.aapor import QUOTA_FULL
from callcenter.queue.models import CellKind
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from config.database import db


@dataclass(frozen=True)
class CellLine:
    """One cell: its conditions, the completes that are wanted, there are and are held by operators, and who waits.

    `refused_count` are the members whose interview ended because the cell of their answers was full.
    """

    id: int
    facets: dict[str, Any]
    target_count: int
    completed_count: int
    reserved_count: int
    waiting_count: int
    refused_count: int

    @property
    def taken_count(self) -> int:
        """The seats that are not free; the target is never below."""
        return self.completed_count + self.reserved_count

    @property
    def is_full(self) -> bool:
        """Whether nobody more is called."""
        return self.taken_count >= self.target_count

    @property
    def reachable_count(self) -> int:
        """How many completes there would be if all who wait answered."""
        return self.taken_count + self.waiting_count

    @property
    def is_short(self) -> bool:
        """Whether there are too few members for the target."""
        return self.reachable_count < self.target_count


@dataclass(frozen=True)
class Fill:
    """The cells of a campaign together."""

    cell_count: int
    full_count: int
    short_count: int
    target_count: int
    completed_count: int
    reserved_count: int


def of_campaign(campaign_id: int, kind: CellKind) -> list[CellLine]:
    """The cells of a campaign over members or over answers, as they were made."""
    waiting = _counts(campaign_id, QueueEntry.cell_id, QueueEntry.state == EntryState.WAITING)
    refused = _counts(campaign_id, QueueEntry.answer_cell_id, QueueEntry.outcome == QUOTA_FULL)
    of_kind = select(QuotaCell).where(QuotaCell.campaign_id == campaign_id, QuotaCell.kind == kind)
    return [
        CellLine(
            row.id, row.facets, row.target_count, row.completed_count, row.reserved_count,
            waiting.get(row.id, 0), refused.get(row.id, 0),
        )
        for row in db.session.scalars(of_kind.order_by(QuotaCell.id))
    ]  # fmt: skip


def _counts(
    campaign_id: int, cell_id: InstrumentedAttribute[int | None], condition: ColumnElement[bool]
) -> dict[int | None, int]:
    rows = db.session.execute(
        select(cell_id, func.count())
        .where(QueueEntry.campaign_id == campaign_id, condition, cell_id.is_not(None))
        .group_by(cell_id)
    )
    return {row[0]: row[1] for row in rows}


def fill(lines: Sequence[CellLine]) -> Fill:
    """What the cells come to."""
    return Fill(
        cell_count=len(lines),
        full_count=sum(line.is_full for line in lines),
        short_count=sum(line.is_short for line in lines),
        target_count=sum(line.target_count for line in lines),
        completed_count=sum(line.completed_count for line in lines),
        reserved_count=sum(line.reserved_count for line in lines),
    )
