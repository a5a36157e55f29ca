"""Calls brought to their end whatever breaks meanwhile, and what must hold of each of them then."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from callcenter.calls import aapor
from callcenter.calls import disposing
from callcenter.calls import requesting
from callcenter.calls.errors import CallEndedError
from callcenter.calls.models import Call
from callcenter.calls.models import CallState
from callcenter.operators import queries as operators
from callcenter.operators.models import OperatorState
from callcenter.queue import queries as queue
from callcenter.queue.models import EntryState
from callcenter.telephony.tracker import FINAL
from config.database import db
from config.database import utcnow
from tests.support.calling import kinds
from tests.support.calling import read_call
from tests.support.calling import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from sqlalchemy import Row

WAIT_SECONDS = 120


def wait_until(holds: Callable[[], object], what: object = "") -> None:
    """Look until it holds."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.01)


def bring_to_an_end(call_ids: Iterable[int], *, while_: Callable[[], bool] = lambda: True) -> None:
    """Operators who hang up as soon as the member talks, until every call is over or `while_` says no more."""
    open_ids = list(call_ids)

    def are_over() -> bool:
        still_open = _still_open(open_ids)
        for call in still_open:
            if call.state is CallState.CONNECTED and call.hangup_requested_at is None:
                hang_up(call.id)
        open_ids[:] = [call.id for call in still_open]
        return not open_ids or not while_()

    wait_until(are_over, open_ids)


def _still_open(call_ids: Iterable[int]) -> Sequence[Row]:
    # All of them in one look: who asks for each by itself keeps the process that is to end them from its work.
    columns = (Call.id, Call.state, Call.hangup_requested_at)
    db.session.rollback()
    found = db.session.execute(db.select(*columns).where(Call.id.in_(call_ids), Call.ended_at.is_(None))).all()
    db.session.rollback()
    return found


def hang_up(call_id: int) -> None:
    """The operator presses hang-up; the call may have ended in this moment."""
    with suppress(CallEndedError), writing():
        requesting.request_hangup(call_id, now=utcnow())


def ensure_settled(call_id: int) -> None:
    """The call is over once and for all, with one outcome; its operator and its member are free."""
    call = read_call(call_id)
    assert call.state in FINAL
    told = Counter(kinds(call_id))
    assert (told["Sent"] <= 1, told["Ended"]) == (True, 1)
    assert operators.get(call.operator_id).state in {OperatorState.PREVIEW, OperatorState.WRAP_UP}
    if call.connected_at is not None:
        assert call.disposition is None
        # What came of a talk is the operator's to say.
        with writing():
            disposing.dispose(call_id, disposition=aapor.REFUSAL, now=utcnow())
    assert read_call(call_id).disposition in aapor.OUTCOMES
    entry = queue.get(call.entry_id)
    db.session.rollback()
    # Who was not dialled is still on the operator's screen.
    assert (entry.state is EntryState.LEASED) is (call.member_dialled_at is None)
