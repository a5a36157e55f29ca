"""The desks that an interview can go to."""

from __future__ import annotations

from datetime import datetime

from callcenter.calls.queries import open_calls
from callcenter.handover.errors import DeskTakenError
from callcenter.listening import phones
from callcenter.listening.errors import NoPhoneError
from callcenter.operators import extensions
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.operators.queries import OperatorLine
from callcenter.queue import queries as queue
from config.accounts.access import Role

# At work, and with nobody: a pause or an empty chair is not disturbed.
FREE_STATES = frozenset({OperatorState.READY, OperatorState.WRAP_UP})


def free(club_id: int) -> list[OperatorLine]:
    """The operators of a club who could take an interview now, by name."""
    return [line for line in operators.of_club(club_id) if line.role is Role.OPERATOR and _is_free(line)]


def ensure_free(club_id: int, operator_id: int) -> None:
    """Raises NotFoundError for somebody who does not call for the club, DeskTakenError for a desk that is not free."""
    line = operators.one_of_club(club_id, operator_id)
    if line.role is not Role.OPERATOR or not _is_free(line):
        raise DeskTakenError(f"The desk of operator {operator_id} is not free.")


def open_for(supervisor_id: int, *, now: datetime) -> None:
    """Give a supervisor a desk for what they take over. Raises NoPhoneError, and DeskTakenError when it is not free."""
    extension = phones.of(supervisor_id)
    if extension is None:
        raise NoPhoneError(f"Supervisor {supervisor_id} has no phone.")
    extensions.give(supervisor_id, extension, now=now)
    if _has_somebody(supervisor_id):
        raise DeskTakenError(f"Supervisor {supervisor_id} has a member already.")


def _is_free(line: OperatorLine) -> bool:
    return line.state in FREE_STATES and not _has_somebody(line.id)


def _has_somebody(operator_id: int) -> bool:
    return queue.held_by(operator_id) is not None or bool(open_calls([operator_id]))
