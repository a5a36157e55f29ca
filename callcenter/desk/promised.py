"""The calls that an operator promised to make, as the desk lists them. Reads only."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from callcenter.desk import callbacks
from callcenter.desk import queries
from callcenter.desk.parts import OwnCallback
from callcenter.queue import promises
from club.members import queries as members

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from callcenter.queue.promises import Promise


def of_operator(operator_id: int, *, now: datetime) -> list[OwnCallback]:
    """The operator's own promises, soonest first."""
    promised = promises.of_operator(operator_id)
    if not promised:
        return []
    campaigns = queries.campaign_names([one.campaign_id for one in promised])
    people = _names(promised)
    return [
        OwnCallback(
            member=people[one.member_id],
            campaign=campaigns[one.campaign_id],
            at=one.callback_at,
            until=one.callback_until,
            is_soon=callbacks.is_soon(one.callback_at, now=now),
        )
        for one in promised
    ]


def _names(promised: Sequence[Promise]) -> dict[int, str]:
    """The members' names, asked for once in each club."""
    of_club: dict[int, list[int]] = defaultdict(list)
    for one in promised:
        of_club[one.club_id].append(one.member_id)
    return {id_: name for club_id, ids in of_club.items() for id_, name in members.names(club_id, ids).items()}
