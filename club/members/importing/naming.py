"""Branches and tiers by name: those the club does not have yet are made, once for every spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from club.members.models import Branch
from club.members.models import Tier
from config.database import db
from config.text import search_key

if TYPE_CHECKING:
    from collections.abc import Mapping


class Names:
    """The branches and tiers of a club while members are written. Its holder has the club to itself."""

    def __init__(self, club_id: int) -> None:
        self._club_id = club_id
        self._branches: dict[str, int] = _known(Branch, club_id)
        self._tiers: dict[str, int] = _known(Tier, club_id)

    def branch(self, name: str) -> int:
        """The id of the branch of that name."""
        return _id_of(Branch, name, self._branches, {"club_id": self._club_id})

    def tier(self, name: str) -> int:
        """The id of the tier of that name; a new one ranks lowest until somebody ranks it."""
        return _id_of(Tier, name, self._tiers, {"club_id": self._club_id, "rank": 0})


def _known(table: type[Branch | Tier], club_id: int) -> dict[str, int]:
    rows = db.session.execute(select(table.name_key, table.id).where(table.club_id == club_id))
    return {row.name_key: row.id for row in rows}


def _id_of(table: type[Branch | Tier], name: str, known: dict[str, int], facts: Mapping[str, int]) -> int:
    key = search_key(name)
    if key not in known:
        row = table(name=name, name_key=key, **facts)
        db.session.add(row)
        db.session.flush()
        known[key] = row.id
    return known[key]
