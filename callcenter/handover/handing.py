"""The member on one desk goes to another, with the answers and the call that is owed. Nothing here commits."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from callcenter.calls import locking
from callcenter.desk import queries as desk
from callcenter.desk.parts import CallLine
from callcenter.handover import asking
from callcenter.handover import desks
from callcenter.handover import moving
from callcenter.handover import queries as handovers
from callcenter.handover import telling
from callcenter.handover.errors import AlreadyHandedOverError
from callcenter.handover.errors import DeskTakenError
from callcenter.handover.errors import NothingToHandOverError
from callcenter.handover.models import Handover
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue import queries as queue
from callcenter.queue.errors import LeaseLostError
from callcenter.queue.queries import EntryLine
from config.database import db

log = logging.getLogger(__name__)


def take_over(club_id: int, operator_id: int, *, supervisor_id: int, now: datetime) -> bool:
    """The member on the operator's desk comes to the supervisor's own, at once or when their phone is answered.

    Says whether it is done. Raises NoPhoneError, NotFoundError for another club's operator, and what `hand_to` raises.
    """
    desks.open_for(supervisor_id, giver_id=operators.one_of_club(club_id, operator_id).id, now=now)
    # Who takes over sits at the desk.
    states.see(supervisor_id, now=now)
    return _hand_over(club_id, operator_id, to_id=supervisor_id, given_by=supervisor_id, now=now)


def hand_to(club_id: int, operator_id: int, *, to_id: int, given_by: int, now: datetime) -> bool:
    """The member on one desk comes to that of an operator who is free, at once or when their phone is answered.

    Says whether it is done. Raises NotFoundError for somebody of another club, NothingToHandOverError, DeskTakenError,
    CallInTheMakingError while nobody has answered, AlreadyHandedOverError.
    """
    desks.ensure_free(club_id, to_id, giver_id=operator_id)
    return _hand_over(club_id, operator_id, to_id=to_id, given_by=given_by, now=now)


def _hand_over(club_id: int, from_id: int, *, to_id: int, given_by: int, now: datetime) -> bool:
    entry = _held(club_id, from_id)
    _lock(entry, from_id, now)
    call = desk.last_call(from_id, entry_id=entry.id)
    if call is not None and call.is_live:
        asking.ask(call, from_id, to_id=to_id, given_by=given_by, now=now)
        return False
    _hand_at_once(entry, call, from_id, to_id=to_id, given_by=given_by, now=now)
    log.info("entry %s went from operator %s to %s; user %s wanted it", entry.id, from_id, to_id, given_by)
    return True


def _hand_at_once(
    entry: EntryLine, call: CallLine | None, from_id: int, *, to_id: int, given_by: int, now: datetime
) -> None:
    if handovers.coming_to(to_id) is not None:
        raise AlreadyHandedOverError(f"The phone of operator {to_id} rings for another member.")
    owed = call.id if call is not None and call.owes_outcome else None
    try:
        with db.session.begin_nested():
            moving.move(entry.id, owed, from_id=from_id, to_id=to_id, now=now)
    except IntegrityError:
        raise DeskTakenError(f"Operator {to_id} took another member in this moment.") from None
    states.change(to_id, OperatorState.PREVIEW if owed is None else OperatorState.WRAP_UP, now=now)
    row = Handover(
        club_id=entry.club_id, entry_id=entry.id, call_id=owed, from_id=from_id, to_id=to_id,
        given_by=given_by, asked_at=now, done_at=now, ended_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    telling.tell(row)


def _held(club_id: int, operator_id: int) -> EntryLine:
    operators.one_of_club(club_id, operator_id)
    entry_id = queue.held_by(operator_id)
    entry = None if entry_id is None else queue.get(entry_id)
    if entry is None or entry.club_id != club_id:
        raise NothingToHandOverError(f"Operator {operator_id} holds nobody of club {club_id}.")
    return entry


def _lock(entry: EntryLine, operator_id: int, now: datetime) -> None:
    """Lock the entry as a call does, so that one pressed in this moment is seen, or waits for us."""
    locking.interview_of(entry.club_id, entry.id)
    try:
        leases.extend(entry.id, operator_id=operator_id, now=now)
    except LeaseLostError:
        raise NothingToHandOverError(f"Operator {operator_id} holds entry {entry.id} no more.") from None
