"""The member on one desk goes to another, with the answers and the call that is owed. Nothing here commits."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from callcenter.calls import passing
from callcenter.calls.queries import open_calls
from callcenter.desk import opening
from callcenter.desk import queries as desk
from callcenter.handover import desks
from callcenter.handover.errors import CallInTheMakingError
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
from config.accounts.access import Role
from config.database import db
from config.live import publish_after_commit
from surveys.interviews import queries as interviews
from surveys.interviews.states import ResponseState

log = logging.getLogger(__name__)


def take_over(club_id: int, operator_id: int, *, supervisor_id: int, now: datetime) -> None:
    """The member on the operator's desk comes to the supervisor's own.

    Raises NoPhoneError, NotFoundError when nobody of this club is on that desk, and what `hand_to` raises.
    """
    desks.open_for(supervisor_id, now=now)
    # Who takes over sits at the desk.
    states.see(supervisor_id, now=now)
    _hand_over(club_id, operator_id, to_id=supervisor_id, given_by=supervisor_id, now=now)


def hand_to(club_id: int, operator_id: int, *, to_id: int, given_by: int, now: datetime) -> None:
    """The member on one desk comes to that of an operator who is free.

    Raises NotFoundError for somebody of another club, NothingToHandOverError, DeskTakenError, CallInTheMakingError.
    """
    desks.ensure_free(club_id, to_id)
    _hand_over(club_id, operator_id, to_id=to_id, given_by=given_by, now=now)


def _hand_over(club_id: int, from_id: int, *, to_id: int, given_by: int, now: datetime) -> None:
    entry = _held(club_id, from_id)
    _move_entry(entry, from_id, to_id, now)
    if open_calls([from_id]):
        raise CallInTheMakingError(f"Operator {from_id} has a live call.")
    call_id = _move_call(entry, from_id, to_id, now)
    states.change(to_id, OperatorState.PREVIEW if call_id is None else OperatorState.WRAP_UP, now=now)
    _free(from_id, now)
    row = Handover(
        club_id=club_id, entry_id=entry.id, call_id=call_id, from_id=from_id, to_id=to_id,
        given_by=given_by, asked_at=now, done_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    log.info("entry %s went from operator %s to %s; user %s wanted it", entry.id, from_id, to_id, given_by)
    _tell(club_id, from_id, to_id)


def _held(club_id: int, operator_id: int) -> EntryLine:
    operators.one_of_club(club_id, operator_id)
    entry_id = queue.held_by(operator_id)
    entry = None if entry_id is None else queue.get(entry_id)
    if entry is None or entry.club_id != club_id:
        raise NothingToHandOverError(f"Operator {operator_id} holds nobody of club {club_id}.")
    return entry


def _move_entry(entry: EntryLine, from_id: int, to_id: int, now: datetime) -> None:
    """Locks the entry as a call does, so that one pressed in this moment is seen, or finds the entry gone."""
    try:
        with db.session.begin_nested():
            leases.pass_on(entry.id, operator_id=from_id, to_id=to_id, now=now)
    except LeaseLostError:
        raise NothingToHandOverError(f"Operator {from_id} holds entry {entry.id} no more.") from None
    except IntegrityError:
        raise DeskTakenError(f"Operator {to_id} took another member in this moment.") from None


def _move_call(entry: EntryLine, from_id: int, to_id: int, now: datetime) -> int | None:
    """The call whose outcome is owed goes along, and its interview with it: who gives the outcome completed it."""
    owed = desk.last_call(from_id, entry_id=entry.id)
    if owed is None or not owed.owes_outcome:
        return None
    passing.pass_on(owed.id, to_id=to_id, now=now)
    response = interviews.of_entry(entry.club_id, entry.id)
    if response is not None and response.state is ResponseState.STARTED:
        line, name = desk.own_call(to_id, owed.id), operators.get(to_id).name
        opening.open_interview(line, operator_id=to_id, operator_name=name, language=response.language, now=now)
    return owed.id


def _free(operator_id: int, now: datetime) -> None:
    """Who gave the member away goes on with the next one; a supervisor takes none from the queue."""
    line = operators.get(operator_id)
    if line.state is not OperatorState.AWAY:
        after = OperatorState.WRAP_UP if line.role is Role.OPERATOR else OperatorState.OFF
        states.change(operator_id, after, reason=states.HANDED_OVER, now=now)


def _tell(club_id: int, *operator_ids: int) -> None:
    for operator_id in operator_ids:
        publish_after_commit(f"operator:{operator_id}", {"kind": "handover", "operator_id": operator_id})
    publish_after_commit(f"floor:{club_id}", {"kind": "handover"})
