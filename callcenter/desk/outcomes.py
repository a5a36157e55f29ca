"""What came of a call that was answered, as the operator says it. Nothing here commits."""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING

from callcenter.calls import aapor
from callcenter.calls import disposing
from callcenter.calls import requesting
from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.errors import CallEndedError
from callcenter.desk import queries
from callcenter.desk.errors import NotNowError
from callcenter.queue.errors import LeaseLostError
from club.members import stop_calls
from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries as interviews
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from datetime import datetime

    from callcenter.desk.parts import CallLine


class Outcome(StrEnum):
    """The operator's outcome keys."""

    CALL_LATER = "call_later"
    REFUSAL = "refusal"
    WRONG_NUMBER = "wrong_number"
    CUT_OFF = "cut_off"
    DO_NOT_CALL = "do_not_call"


# How far the interview came decides the code of an interview that was not finished, whatever ended it.
STOPPED: dict[ResponseState | None, str] = {
    ResponseState.PARTIAL: aapor.PARTIAL,
    ResponseState.BREAK_OFF: aapor.BREAK_OFF,
}


def give(
    operator_id: int, *, call_id: int, outcome: Outcome, callback_at: datetime | None = None, now: datetime
) -> None:
    """Close an answered call with the operator's word; a call still live is hung up.

    Given again it changes nothing, but a wish not to be called is always kept. Raises NotNowError when nobody
    answered the call, StaleDeskError for another's call, LeaseLostError when the member is with somebody else by now.
    """
    line = queries.own_call(operator_id, call_id)
    if line.connected_at is None:
        raise NotNowError(f"Nobody has answered call {call_id}.")
    if outcome is Outcome.DO_NOT_CALL:
        _keep_wish(operator_id, line, now)
    elif line.disposition is None:
        close(line, code=_code(line, outcome, now), callback_at=callback_at, now=now)


def _keep_wish(operator_id: int, line: CallLine, now: datetime) -> None:
    """The wish holds whatever the call was closed with before, and whoever has the member by now."""
    if line.disposition is None:
        with suppress(AlreadyDisposedError, LeaseLostError), db.session.begin_nested():
            close(line, code=_code(line, Outcome.DO_NOT_CALL, now), now=now)
    stop_calls.add_do_not_call(line.club_id, line.member_id, reason="asked", note=None, user_id=operator_id)


def close(line: CallLine, *, code: str, callback_at: datetime | None = None, now: datetime) -> None:
    """Write the outcome on the call and its entry, and end the line if it is still there.

    Raises AlreadyDisposedError when the call was given another outcome since `line` was read.
    """
    if line.disposition is None:
        try:
            disposing.dispose(line.id, disposition=code, callback_at=callback_at, now=now)
        except AlreadyDisposedError as error:
            # The same button in two tabs: the other request was faster, and what was wanted is done.
            if error.disposition != code:
                raise
    if line.is_live:
        with suppress(CallEndedError):
            requesting.request_hangup(line.id, now=now)


def _code(line: CallLine, outcome: Outcome, now: datetime) -> str:
    response = interviews.of_entry(line.club_id, line.entry_id)
    has_answers = response is not None and interviews.share_answered(response.id) > 0
    # A line that was cut before the first answer is nobody's refusal: the member is called again.
    if outcome is Outcome.CALL_LATER or (outcome is Outcome.CUT_OFF and not has_answers):
        return aapor.MISCELLANEOUS
    state = None if response is None else interviewing.stop(response.id, now=now)
    if outcome is Outcome.WRONG_NUMBER:
        return aapor.WRONG_PERSON
    # 2.11 before the first answer of the survey, afterwards 2.12 or 1.2 by the share that was answered.
    return STOPPED.get(state, aapor.REFUSAL) if has_answers else aapor.REFUSAL
