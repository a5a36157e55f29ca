"""What desks and floor read of hand-overs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.calls.models import CallState
from callcenter.campaigns.models import Campaign
from callcenter.desk import queries as desk
from callcenter.handover.models import Handover
from callcenter.operators import queries as operators
from callcenter.queue import queries as queue
from callcenter.queue.models import QueueEntry
from config.accounts.models import User
from config.database import db
from surveys.interviews import queries as interviews


@dataclass(frozen=True)
class HandoverLine:
    """One hand-over: from whom to whom, who wanted it, when, and whether a call went along."""

    id: int
    giver: str
    taker: str
    by: str
    asked_at: datetime
    call_id: int | None


@dataclass(frozen=True)
class Going:
    """A live call on its way to another desk, or one that did not get there: `failure` says why."""

    call_id: int
    giver: str
    taker: str
    by: str
    is_attended: bool
    answered_at: datetime | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    failure: str | None

    @property
    def is_over(self) -> bool:
        """Whether nobody's phone rings any more."""
        return self.ended_at is not None


@dataclass(frozen=True)
class Own:
    """A supervisor's own desk in short: the live call that comes to it, and whether there is a member on it."""

    coming: Going | None
    has_somebody: bool


@dataclass(frozen=True)
class Held:
    """The member on a desk, as the floor names them; `share_answered` is 0 to 1, None before the interview."""

    entry_id: int
    campaign: str
    club_id: int
    member_id: int
    share_answered: float | None
    is_on_the_line: bool
    is_talk: bool
    owes_outcome: bool


def brought(entry_id: int, operator_id: int) -> HandoverLine | None:
    """How the entry came to the operator who holds it, if somebody gave it to them."""
    found = db.session.execute(
        _lines()
        .join(QueueEntry, QueueEntry.id == Handover.entry_id)
        .where(Handover.entry_id == entry_id, Handover.to_id == operator_id)
        .where(QueueEntry.operator_id == operator_id, Handover.done_at >= QueueEntry.leased_at)
        .limit(1)
    ).one_or_none()
    return None if found is None else HandoverLine(*found)


def taken_from(operator_id: int, *, since: datetime) -> HandoverLine | None:
    """The hand-over with which the operator's stay that began at `since` began."""
    mine = _lines().where(Handover.from_id == operator_id, Handover.done_at == since)
    found = db.session.execute(mine.limit(1)).one_or_none()
    return None if found is None else HandoverLine(*found)


def going_from(operator_id: int, call_id: int) -> Going | None:
    """The latest hand-over of the operator's live call, on its way or come to nothing."""
    mine = _goings().where(Handover.from_id == operator_id, Handover.call_id == call_id)
    return _going(mine.order_by(Handover.id.desc()))


def coming_to(operator_id: int) -> Going | None:
    """The live call that is on its way to this desk."""
    return _going(_goings().where(Handover.to_id == operator_id, Handover.ended_at.is_(None)))


def own(supervisor_id: int) -> Own:
    """What a supervisor is to know of their own desk while they look at the floor."""
    return Own(coming_to(supervisor_id), queue.held_by(supervisor_id) is not None)


def of_day(club_id: int, *, since: datetime) -> list[HandoverLine]:
    """The hand-overs of a club from `since` on, the newest first; what came to nothing is none."""
    done = _lines().where(Handover.club_id == club_id, Handover.asked_at >= since, Handover.done_at.is_not(None))
    rows = db.session.execute(done)
    return [HandoverLine(*row) for row in rows]


def held(club_id: int, operator_id: int) -> Held | None:
    """The member of this club on the operator's desk. Raises NotFoundError for another club's operator."""
    operators.one_of_club(club_id, operator_id)
    entry_id = queue.held_by(operator_id)
    entry = None if entry_id is None else queue.get(entry_id)
    if entry is None or entry.club_id != club_id:
        return None
    call = desk.last_call(operator_id, entry_id=entry.id)
    response = interviews.of_entry(club_id, entry.id)
    return Held(
        entry_id=entry.id,
        campaign=db.session.scalars(select(Campaign.name).where(Campaign.id == entry.campaign_id)).one(),
        club_id=club_id,
        member_id=entry.member_id,
        share_answered=None if response is None else interviews.share_answered(response.id),
        is_on_the_line=call is not None and call.is_live,
        is_talk=call is not None and call.is_live and call.state is CallState.CONNECTED,
        owes_outcome=call is not None and call.owes_outcome,
    )


def _going(query: Select[*tuple[Any, ...]]) -> Going | None:
    found = db.session.execute(query.limit(1)).one_or_none()
    return None if found is None else Going(*found)


def _lines() -> Select[*tuple[Any, ...]]:
    return _with_names([Handover.id], [Handover.asked_at, Handover.call_id]).order_by(Handover.id.desc())


def _goings() -> Select[*tuple[Any, ...]]:
    names = ("is_attended", "answered_at", "confirmed_at", "ended_at", "failure")
    return _with_names([Handover.call_id], [getattr(Handover, name) for name in names])


def _with_names(before: Sequence[Any], after: Sequence[Any]) -> Select[*tuple[Any, ...]]:
    """Columns of hand-overs with the names of who gave, who took, and who wanted it between them."""
    giver, taker, by = aliased(User), aliased(User), aliased(User)
    columns: list[Any] = [*before, giver.name, taker.name, by.name, *after]
    query: Select[*tuple[Any, ...]] = select(*columns)
    return (
        query.join(giver, giver.id == Handover.from_id)
        .join(taker, taker.id == Handover.to_id)
        .join(by, by.id == Handover.given_by)
    )
