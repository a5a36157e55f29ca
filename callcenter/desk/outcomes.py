"""What came of a call that was answered, as the operator says it. Nothing here commits."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from callcenter.calls import aapor
from callcenter.calls import disposing
from callcenter.calls import dispositions
from callcenter.calls import requesting
from callcenter.calls.errors import AlreadyDisposedError
from callcenter.calls.errors import CallEndedError
from callcenter.desk import menu
from callcenter.desk import queries
from callcenter.desk.errors import NotNowError
from callcenter.desk.menu import Outcome
from callcenter.outcomes.queries import policy_of
from callcenter.queue import promises
from callcenter.queue.errors import LeaseLostError
from callcenter.quotas import answers
from callcenter.quotas.errors import QuotaFullError
from callcenter.training.standing import certified_for
from club.members import stop_calls
from config.database import db
from config.errors import InvalidInputError
from surveys.interviews import interviewing
from surveys.interviews import queries as interviews
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from datetime import datetime

    from callcenter.desk.parts import CallLine
    from callcenter.quotas.answers import FullCell
    from surveys.interviews.queries import ResponseLine


# How far the interview came decides the code of an interview that was not finished, whatever ended it.
STOPPED: dict[ResponseState | None, str] = {
    ResponseState.PARTIAL: aapor.PARTIAL,
    ResponseState.BREAK_OFF: aapor.BREAK_OFF,
}


# They say something of the member, whatever was answered.
ALWAYS = frozenset({aapor.WRONG_PERSON, aapor.NOT_IN_SAMPLE, aapor.DEAD, aapor.QUOTA_FULL})


def give(
    operator_id: int,
    *,
    call_id: int,
    outcome: Outcome,
    note: str = "",
    callback_at: datetime | None = None,
    now: datetime,
) -> None:
    """Close an answered call with the operator's word; a call still live is hung up.

    Given again it changes nothing, but a wish not to be called is always kept. Raises NotNowError when nobody
    answered the call or the campaign does not offer the outcome, InvalidInputError on `outcome_note` when it needs a
    note and has none, StaleDeskError for another's call, LeaseLostError when the member is with somebody else by now.
    """
    line = queries.own_call(operator_id, call_id)
    if line.connected_at is None:
        raise NotNowError(f"Nobody has answered call {call_id}.")
    if outcome is Outcome.DO_NOT_CALL:
        _keep_wish(operator_id, line, now)
    elif line.disposition is None:
        _ensure_offered(line, outcome, note)
        full = _full_cell(line) if outcome is Outcome.QUOTA_FULL else None
        close(line, code=_code(line, outcome, now), note=note, callback_at=callback_at, now=now)
        if full is not None:
            answers.record_end(line.entry_id, full.id)
        if outcome is Outcome.DEAD:
            # No other campaign of the club shall ask for somebody who has died.
            stop_calls.add_do_not_call(line.club_id, line.member_id, reason="died", note=None, user_id=operator_id)


def promise(
    operator_id: int, *, call_id: int, at: datetime, until: datetime | None, is_own: bool, now: datetime
) -> None:
    """Close the call with the time at which the member is called again: exactly `at`, or any time until `until`.

    `is_own`: this operator calls, and others only when the time has gone by; not one whose certificate was taken back
    meanwhile, for they could not. Given again it changes nothing. Raises as `give`.
    """
    line = queries.own_call(operator_id, call_id)
    give(operator_id, call_id=call_id, outcome=Outcome.CALL_LATER, callback_at=at, now=now)
    if line.disposition is None:
        own = certified_for(line.campaign_id, [operator_id], now=now) if is_own else set()
        promises.agree(line.entry_id, until=until, operator_id=operator_id if operator_id in own else None)


def _ensure_offered(line: CallLine, outcome: Outcome, note: str) -> None:
    policy = policy_of(line.campaign_id)
    if not menu.is_offered(outcome, policy):
        raise NotNowError(f"Campaign {line.campaign_id} does not offer {outcome}.")
    if menu.needs_note(outcome, policy) and not note:
        raise InvalidInputError("outcome_note", f"{outcome} needs a note")


def _full_cell(line: CallLine) -> FullCell:
    response = interviews.of_entry(line.club_id, line.entry_id)
    full = None if response is None else answers.full_cell(line.campaign_id, line.entry_id, response.id)
    if full is None:
        raise NotNowError(f"The answers of call {line.id} are not those of a full quota cell.")
    return full


def _keep_wish(operator_id: int, line: CallLine, now: datetime) -> None:
    """The wish holds whatever the call was closed with before, and whoever has the member by now."""
    if line.disposition is None:
        with suppress(AlreadyDisposedError, LeaseLostError), db.session.begin_nested():
            close(line, code=_code(line, Outcome.DO_NOT_CALL, now), now=now)
    stop_calls.add_do_not_call(line.club_id, line.member_id, reason="asked", note=None, user_id=operator_id)


def close(line: CallLine, *, code: str, note: str = "", callback_at: datetime | None = None, now: datetime) -> None:
    """Write the outcome on the call and its entry, and end the line if it is still there.

    Raises AlreadyDisposedError when the call was given another outcome since `line` was read.
    """
    if line.disposition is None:
        try:
            disposing.dispose(line.id, disposition=code, note=note, callback_at=callback_at, now=now)
        except AlreadyDisposedError as error:
            # The same button in two tabs: the other request was faster, and what was wanted is done.
            if error.disposition not in {code, dispositions.as_known(code, is_confirmed=True)}:
                raise
    if line.is_live:
        with suppress(CallEndedError):
            requesting.request_hangup(line.id, now=now)


def _code(line: CallLine, outcome: Outcome, now: datetime) -> str:
    response = interviews.of_entry(line.club_id, line.entry_id)
    has_answers = response is not None and interviews.share_answered(response.id) > 0
    if outcome in menu.KEEPS_INTERVIEW:
        return menu.CODES.get(outcome, aapor.MISCELLANEOUS)
    # A line that was cut before the first answer is nobody's refusal: the member is called again.
    if outcome is Outcome.CUT_OFF and not has_answers:
        return aapor.MISCELLANEOUS
    code = menu.CODES.get(outcome, aapor.REFUSAL)
    if response is not None and code not in ALWAYS and _is_completed_early(response, now):
        return aapor.COMPLETE
    state = None if response is None else interviewing.stop(response.id, now=now)
    if code in ALWAYS or not has_answers:
        return code
    # After the first answer of the survey the share that was answered decides, 2.12 or 1.2; who could not go on did
    # not refuse, but what they answered counts when it is enough.
    stopped = STOPPED.get(state, code)
    return stopped if code == aapor.REFUSAL or stopped == aapor.PARTIAL else code


def _is_completed_early(response: ResponseLine, now: datetime) -> bool:
    """Whether enough was answered to count as complete, by the version's own measure; it is completed then."""
    if not interviews.is_enough(response.id):
        return False
    try:
        answers.take_seat(response)
    except QuotaFullError:
        return False
    return interviewing.complete_early(response.id, now=now)
