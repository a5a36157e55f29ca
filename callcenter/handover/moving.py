"""The rows that change hands when an interview does: the entry, the call, the response. Nothing here commits."""

from __future__ import annotations

from datetime import datetime

from callcenter.calls import locking
from callcenter.calls import passing
from callcenter.desk import opening
from callcenter.desk import queries as desk
from callcenter.desk.parts import CallLine
from callcenter.operators import queries as operators
from callcenter.operators import states
from callcenter.operators.models import OperatorState
from callcenter.queue import leases
from callcenter.queue import queries as queue
from config.accounts.access import Role
from surveys.interviews import queries as interviews
from surveys.interviews.states import ResponseState


def move(
    entry_id: int, call_id: int | None, *, from_id: int, to_id: int, leg_id: str | None = None, now: datetime
) -> None:
    """Make entry, call and interview those of another operator; the one before goes on with the next member.

    Raises LeaseLostError when the entry is not the first one's any more, AlreadyDisposedError when the call has its
    outcome; the database refuses it (IntegrityError) when the other one holds somebody.
    """
    locking.interview_of(queue.get(entry_id).club_id, entry_id)
    leases.pass_on(entry_id, operator_id=from_id, to_id=to_id, now=now)
    if call_id is not None:
        passing.pass_on(call_id, to_id=to_id, leg_id=leg_id, now=now)
        _lead(desk.own_call(to_id, call_id), to_id, now)
    line = operators.get(from_id)
    if line.state is not OperatorState.AWAY:
        # A supervisor takes nobody from the queue.
        after = OperatorState.WRAP_UP if line.role is Role.OPERATOR else OperatorState.OFF
        states.change(from_id, after, reason=states.HANDED_OVER, now=now)


def _lead(call: CallLine, operator_id: int, now: datetime) -> None:
    """The interview that has begun is led by the one who has the call now, and its texts name them."""
    response = interviews.of_entry(call.club_id, call.entry_id)
    if response is not None and response.state is ResponseState.STARTED:
        name = operators.get(operator_id).name
        opening.open_interview(call, operator_id=operator_id, operator_name=name, language=response.language, now=now)
