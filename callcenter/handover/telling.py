"""Who hears of a hand-over: both desks, the floor, and the pbx process when there is work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.live import publish_after_commit
from config.live import wake_after_commit

if TYPE_CHECKING:
    from callcenter.handover.models import Handover


def tell(row: Handover, *, wakes: bool = False) -> None:
    """Tell everybody concerned, after the commit."""
    for operator_id in (row.from_id, row.to_id):
        publish_after_commit(f"operator:{operator_id}", {"kind": "handover", "operator_id": operator_id})
    publish_after_commit(f"floor:{row.club_id}", {"kind": "handover"})
    if wakes:
        wake_after_commit("pbx")
