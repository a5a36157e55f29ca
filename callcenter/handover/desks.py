"""The desks that an interview can go to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from callcenter.calls.queries import open_calls
from callcenter.handover.errors import DeskTakenError
from callcenter.listening import phones
from callcenter.listening.errors import NoPhoneError
from callcenter.listening.models import SupervisorPhone
from callcenter.operators import extensions
from callcenter.operators import queries as operators
from callcenter.operators.models import Operator
from callcenter.operators.models import OperatorState
from callcenter.operators.queries import OperatorLine
from callcenter.queue import queries as queue
from config.accounts.access import Role
from config.accounts.models import Membership
from config.accounts.models import User
from config.database import db
from config.errors import NotFoundError

# At work, and with nobody: a pause or an empty chair is not disturbed.
FREE_STATES = frozenset({OperatorState.READY, OperatorState.WRAP_UP})


@dataclass(frozen=True)
class Named:
    """Somebody to whom a call can be handed."""

    id: int
    name: str


def free(club_id: int, *, giver: OperatorLine) -> list[OperatorLine]:
    """The operators of a club who could take the giver's interview now, by name: their phone is on the same line."""
    return [one for one in operators.of_club(club_id) if _could_take(one, giver)]


def ensure_free(club_id: int, operator_id: int, *, giver_id: int) -> None:
    """Raises NotFoundError for somebody who does not call for the club, DeskTakenError for a desk that is not free."""
    if not _could_take(operators.one_of_club(club_id, operator_id), operators.one_of_club(club_id, giver_id)):
        raise DeskTakenError(f"The desk of operator {operator_id} is not free.")


def open_for(supervisor_id: int, *, giver_id: int, now: datetime) -> None:
    """Give a supervisor a desk for what they take over, on the giver's line.

    Raises NoPhoneError, and DeskTakenError when it is not free.
    """
    extension = phones.of(supervisor_id)
    if extension is None:
        raise NoPhoneError(f"Supervisor {supervisor_id} has no phone.")
    extensions.give(supervisor_id, extension, now=now)
    if has_somebody(supervisor_id):
        raise DeskTakenError(f"Supervisor {supervisor_id} has a member already.")
    db.session.get_one(Operator, supervisor_id).line = operators.get(giver_id).line


def supervisors(club_id: int) -> list[Named]:
    """The supervisors of a club who have a phone, by name."""
    found = (
        select(User.id, User.name)
        .join(SupervisorPhone, SupervisorPhone.user_id == User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.club_id == club_id, User.is_enabled, User.role == Role.SUPERVISOR)
    )
    return [Named(*row) for row in db.session.execute(found.order_by(User.name, User.id))]


def ensure_supervisor(club_id: int, user_id: int) -> None:
    """Raises NotFoundError for anybody but a supervisor of the club who has a phone."""
    if user_id not in {one.id for one in supervisors(club_id)}:
        raise NotFoundError(f"Club {club_id} has no supervisor {user_id} with a phone.")


def _could_take(one: OperatorLine, giver: OperatorLine) -> bool:
    is_near = one.line == giver.line and one.role is Role.OPERATOR and one.id != giver.id
    return is_near and one.state in FREE_STATES and not has_somebody(one.id)


def has_somebody(operator_id: int) -> bool:
    """Whether there is a member on the desk."""
    return queue.held_by(operator_id) is not None or bool(open_calls([operator_id]))
