"""What supervisors told operators to do, as rows. Nothing here commits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy import update

from callcenter.operators.models import OrderKind
from callcenter.operators.models import SupervisorOrder
from config.accounts.models import User
from config.database import db
from config.live import publish_after_commit


@dataclass(frozen=True)
class OrderLine:
    """One order: what, for a pause the code of its reason, the name of who gave it, when, and since when it holds."""

    kind: OrderKind
    reason: str | None
    by: str
    given_at: datetime
    done_at: datetime | None


def write(club_id: int, operator_id: int, *, kind: OrderKind, reason: str | None, given_by: int, now: datetime) -> None:
    """Write an order down; the operator's desk hears of it."""
    order = SupervisorOrder(
        club_id=club_id, operator_id=operator_id, given_by=given_by, kind=kind, reason=reason, given_at=now
    )
    db.session.add(order)
    db.session.flush()
    news = {"kind": "order", "operator_id": operator_id}
    publish_after_commit(f"operator:{operator_id}", news)
    publish_after_commit(f"floor:{club_id}", news)


def pending(operator_id: int) -> OrderLine | None:
    """The latest order that waits for the end of the operator's call."""
    return _latest(_lines(operator_id).where(SupervisorOrder.done_at.is_(None)))


def standing(operator_id: int, *, since: datetime) -> OrderLine | None:
    """The order that waits, or the one by which the stay that began at `since` began."""
    is_it = or_(SupervisorOrder.done_at.is_(None), SupervisorOrder.done_at == since)
    return _latest(_lines(operator_id).where(is_it))


def given(club_id: int, operator_id: int, *, since: datetime) -> list[OrderLine]:
    """The orders that supervisors of the club gave to the operator from `since` on, the newest first."""
    query = _lines(operator_id).where(SupervisorOrder.club_id == club_id, SupervisorOrder.given_at >= since)
    return [OrderLine(*row) for row in db.session.execute(query)]


def settle(operator_id: int, *, now: datetime) -> None:
    """No order waits for the operator any more."""
    db.session.execute(
        update(SupervisorOrder)
        .where(SupervisorOrder.operator_id == operator_id, SupervisorOrder.done_at.is_(None))
        .values(done_at=now)
    )


def _lines(operator_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            SupervisorOrder.kind, SupervisorOrder.reason, User.name, SupervisorOrder.given_at, SupervisorOrder.done_at
        )
        .join(User, User.id == SupervisorOrder.given_by)
        .where(SupervisorOrder.operator_id == operator_id)
        .order_by(SupervisorOrder.id.desc())
    )


def _latest(query: Select[*tuple[Any, ...]]) -> OrderLine | None:
    row = db.session.execute(query.limit(1)).one_or_none()
    return None if row is None else OrderLine(*row)
