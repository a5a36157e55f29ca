"""A supervisor makes an operator pause or leave the queue. Nothing here commits."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from callcenter.floor.errors import NotAtWorkError
from callcenter.operators import obeying
from callcenter.operators import orders
from callcenter.operators import pauses
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.operators.models import OrderKind

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger(__name__)


def pause(club_id: int, operator_id: int, *, reason: str, given_by: int, now: datetime) -> bool:
    """Make an operator of the club pause for a reason that is offered; gives whether it holds already.

    On the line it holds when the call and its outcome are done. Raises NotFoundError for another club's operator,
    NotAtWorkError for one off the queue, InvalidInputError (field `reason`).
    """
    pauses.ensure_offered(reason)
    return _give(club_id, operator_id, OrderKind.PAUSE, reason, given_by, now)


def sign_off(club_id: int, operator_id: int, *, given_by: int, now: datetime) -> bool:
    """Make an operator of the club leave the queue; gives and raises what `pause` does."""
    return _give(club_id, operator_id, OrderKind.SIGN_OFF, None, given_by, now)


def _give(club_id: int, operator_id: int, kind: OrderKind, reason: str | None, given_by: int, now: datetime) -> bool:
    _ensure_at_work(club_id, operator_id)
    orders.write(club_id, operator_id, kind=kind, reason=reason, given_by=given_by, now=now)
    log.info("user %s tells operator %s: %s", given_by, operator_id, kind)
    return obeying.obey(operator_id, now=now)


def _ensure_at_work(club_id: int, operator_id: int) -> None:
    if operators.one_of_club(club_id, operator_id).state is OperatorState.OFF:
        raise NotAtWorkError(f"Operator {operator_id} is off the queue.")
