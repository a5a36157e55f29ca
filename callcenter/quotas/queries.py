"""How full the quota cells of a campaign are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlalchemy import select

from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.queue.models import QuotaCell
from config.database import db


@dataclass(frozen=True)
class CellLine:
    """One cell: its conditions, the completes that are wanted, there are and are held by operators, and who waits."""

    id: int
    facets: dict[str, Any]
    target_count: int
    completed_count: int
    reserved_count: int
    waiting_count: int

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


def of_campaign(campaign_id: int) -> list[CellLine]:
    """The cells of a campaign as they were made."""
    waiting = dict(
        db.session.execute(
            select(QueueEntry.cell_id, func.count())
            .where(QueueEntry.campaign_id == campaign_id, QueueEntry.state == EntryState.WAITING)
            .where(QueueEntry.cell_id.is_not(None))
            .group_by(QueueEntry.cell_id)
        ).all()
    )
    rows = db.session.scalars(select(QuotaCell).where(QuotaCell.campaign_id == campaign_id).order_by(QuotaCell.id))
    return [
        CellLine(row.id, row.facets, row.target_count, row.completed_count, row.reserved_count, waiting.get(row.id, 0))
        for row in rows
    ]


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
