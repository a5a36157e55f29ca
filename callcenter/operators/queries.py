"""Operators as others see them, and their figures."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import extract
from sqlalchemy import func
from sqlalchemy import or_
from sqlalchemy import select
from sqlalchemy.orm import aliased

from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.operators.models import StateChange
from callcenter.operators.shifts import Shift
from callcenter.operators.shifts import Stay
from callcenter.operators.shifts import Total
from callcenter.operators.shifts import add_up
from config.accounts.models import Membership
from config.accounts.models import Role
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError


@dataclass(frozen=True)
class OperatorLine:
    """One operator: the name, the phone, and what they are doing since when.

    A supervisor is one, too, with a desk for what they take over.
    """

    id: int
    name: str
    extension: str
    state: OperatorState
    state_reason: str | None
    state_since: datetime
    seen_at: datetime | None
    role: Role
    line: str


# Those of OperatorLine, of an operator joined with their user.
LINE_COLUMNS: tuple[Any, ...] = (
    Operator.user_id, User.name, Operator.extension, Operator.state, Operator.state_reason, Operator.state_since,
    Operator.seen_at, User.role, Operator.line,
)  # fmt: skip


def get(operator_id: int) -> OperatorLine:
    """One operator. Raises NotFoundError when this person does not call."""
    row = db.session.execute(_lines().where(Operator.user_id == operator_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no operator {operator_id}.")
    return OperatorLine(*row)


def has_desk(user_id: int) -> bool:
    """Whether this person calls, or did."""
    return db.session.get(Operator, user_id) is not None


def of_club(club_id: int) -> list[OperatorLine]:
    """The operators who call for a club, by name; among them a supervisor only while one has taken somebody over."""
    rows = db.session.execute(
        _lines()
        .join(Membership, Membership.user_id == Operator.user_id)
        .where(Membership.club_id == club_id, User.is_enabled)
        .where((User.role == Role.OPERATOR) | (Operator.state != OperatorState.OFF))
        .order_by(User.name, User.id)
    )
    return [OperatorLine(*row) for row in rows]


def one_of_club(club_id: int, operator_id: int) -> OperatorLine:
    """One of the operators who call for a club. Raises NotFoundError for anybody else."""
    line = next((line for line in of_club(club_id) if line.id == operator_id), None)
    if line is None:
        raise NotFoundError(f"Nobody with the id {operator_id} calls for club {club_id}.")
    return line


def ensure_of_club(club_id: int, operator_ids: Iterable[int]) -> None:
    """Raises NotFoundError when one of them does not call for the club."""
    strangers = set(operator_ids) - {line.id for line in of_club(club_id)}
    if strangers:
        raise NotFoundError(f"They do not call for club {club_id}: {sorted(strangers)}.")


def shifts(
    operator_ids: Sequence[int], *, since: datetime, now: datetime, calls: Mapping[int, int]
) -> dict[int, Shift]:
    """Each operator's figures from `since` until `now`; `calls` are their numbers of calls with a member dialled.

    A day has some hundred stays for each operator: those that are over are added up by the database.
    """
    stays, totals = _edge_stays(operator_ids, since), _totals(operator_ids, since)
    return {
        one: add_up(stays[one], totals=totals[one], since=since, until=now, call_count=calls.get(one, 0))
        for one in operator_ids
    }


def _edge_stays(operator_ids: Sequence[int], since: datetime) -> dict[int, list[Stay]]:
    """The stay that reaches over `since` and the one that lasts."""
    earlier = aliased(StateChange)
    # Stays follow each other without a gap: the one that reaches into the day is the last that began before it.
    first = (
        select(func.max(earlier.since))
        .where(earlier.operator_id == Operator.user_id, earlier.since < since)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(StateChange.operator_id, StateChange.state, StateChange.since, StateChange.until, StateChange.is_paid)
        .join(Operator, Operator.user_id == StateChange.operator_id)
        .where(Operator.user_id.in_(operator_ids), StateChange.since >= func.coalesce(first, since))
        .where(or_(StateChange.since < since, StateChange.until.is_(None)))
    )
    found: dict[int, list[Stay]] = {operator_id: [] for operator_id in operator_ids}
    for operator_id, state, begun, until, is_paid in rows:
        found[operator_id].append(Stay(state, begun, until, is_paid))
    return found


def _totals(operator_ids: Sequence[int], since: datetime) -> dict[int, list[Total]]:
    """The stays that began and ended from `since` on."""
    seconds = func.sum(extract("epoch", StateChange.until) - extract("epoch", StateChange.since))
    rows = db.session.execute(
        select(StateChange.operator_id, StateChange.state, StateChange.is_paid, seconds)
        .where(StateChange.operator_id.in_(operator_ids), StateChange.since >= since, StateChange.until.is_not(None))
        .group_by(StateChange.operator_id, StateChange.state, StateChange.is_paid)
    )
    found: dict[int, list[Total]] = {operator_id: [] for operator_id in operator_ids}
    for operator_id, state, is_paid, sum_of_seconds in rows:
        found[operator_id].append(Total(state, is_paid, float(sum_of_seconds)))
    return found


def _lines() -> Select[*tuple[Any, ...]]:
    return select(*LINE_COLUMNS).join(User, User.id == Operator.user_id)
