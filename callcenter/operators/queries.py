"""Operators as others see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy import select

from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from config.accounts.models import Membership
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError


@dataclass(frozen=True)
class OperatorLine:
    """One operator: the name, the phone, and what they are doing since when."""

    id: int
    name: str
    extension: str
    state: OperatorState
    state_reason: str | None
    state_since: datetime
    seen_at: datetime | None


def get(operator_id: int) -> OperatorLine:
    """One operator. Raises NotFoundError when this person does not call."""
    row = db.session.execute(_lines().where(Operator.user_id == operator_id)).one_or_none()
    if row is None:
        raise NotFoundError(f"There is no operator {operator_id}.")
    return OperatorLine(*row)


def of_club(club_id: int) -> list[OperatorLine]:
    """The operators who call for a club, by name."""
    rows = db.session.execute(
        _lines()
        .join(Membership, Membership.user_id == Operator.user_id)
        .where(Membership.club_id == club_id, User.is_enabled)
        .order_by(User.name, User.id)
    )
    return [OperatorLine(*row) for row in rows]


def _lines() -> Select[*tuple[Any, ...]]:
    return select(
        Operator.user_id,
        User.name,
        Operator.extension,
        Operator.state,
        Operator.state_reason,
        Operator.state_since,
        Operator.seen_at,
    ).join(User, User.id == Operator.user_id)
