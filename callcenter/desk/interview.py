"""What the buttons of the interview do: answers, moving, finishing. Nothing here commits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from callcenter.calls import aapor
from callcenter.desk import outcomes
from callcenter.desk import queries
from callcenter.desk.errors import StaleDeskError
from callcenter.quotas import answers
from config.errors import NotFoundError
from surveys.interviews import interviewing
from surveys.interviews import queries as interviews
from surveys.interviews import screens
from surveys.interviews.states import AnswerStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from surveys.interviews.keeping import Kept
    from surveys.interviews.loading import Interview
    from surveys.interviews.queries import ResponseLine
    from surveys.interviews.screens import Screen
    from surveys.interviews.taking import Taken


def answer(
    operator_id: int,
    response_id: int,
    *,
    club_ids: Sequence[int],
    question: str,
    status: str,
    value: Any,
    now: datetime,
    request: str | None = None,
) -> Kept | None:
    """Keep an answer; the question stays on the screen, so that the operator sees it kept.

    `request` names what the browser sends, again and again on a slow line: it is done once.
    Gives the answer as it was kept when that is all that changed on the operator's screen, else None. Raises
    StaleDeskError when the interview is in other hands, and what keep_answer raises.
    """
    return _keep(_taken(operator_id, response_id, club_ids), question, AnswerStatus(status), value, request, now)


def choose(
    operator_id: int,
    response_id: int,
    *,
    club_ids: Sequence[int],
    question: str,
    value: str,
    now: datetime,
    request: str | None = None,
) -> Kept | None:
    """Add one choice to a question that takes many, or take it away again; gives what `answer` gives.

    What is chosen alone takes the place of the others, and they its. With the last choice the answer itself is gone,
    and the question open again.
    """
    # Locked before it is read: of two choices at once, the second is added to the first.
    taken = _taken(operator_id, response_id, club_ids)
    screen = interviews.screen(response_id)
    if screen.code != question:
        raise StaleDeskError(f"Question {question!r} is not on the screen.")
    chosen = screens.with_pressed(value, screen.choices)
    if not chosen:
        interviewing.take_back(taken, question=question, now=now, request=request)
        return None
    return _keep(taken, question, AnswerStatus.ANSWERED, sorted(chosen), request, now)


def go_on(operator_id: int, response_id: int, *, club_ids: Sequence[int], question: str, now: datetime) -> Screen:
    """From `question` to the next step; nothing when the screen has moved on already. Gives what is on it then.

    Raises QuotaFullError when there are enough interviews with these answers.
    """
    interview = _held(operator_id, response_id, club_ids)
    if interview.current == question:
        answers.take_seat(interviews.line_of(interview))
        interviewing.advance(interview, now=now)
    return interviews.screen_of(interview)


def go_back(operator_id: int, response_id: int, *, club_ids: Sequence[int], question: str, now: datetime) -> Screen:
    """From `question` to the step before; nothing when the screen has moved already. Gives what is on it then."""
    interview = _held(operator_id, response_id, club_ids)
    if interview.current == question:
        interviewing.retreat(interview, now=now)
    return interviews.screen_of(interview)


def go_to(operator_id: int, response_id: int, *, club_ids: Sequence[int], question: str, now: datetime) -> Screen:
    """To a step that has been asked before; gives what is on the screen then."""
    interview = _held(operator_id, response_id, club_ids)
    interviewing.jump(interview, question, now=now)
    return interviews.screen_of(interview)


def speak(operator_id: int, response_id: int, *, club_ids: Sequence[int], language: str) -> None:
    """Go on in another language."""
    _own(operator_id, response_id, club_ids)
    interviewing.set_language(response_id, language)


def finish(operator_id: int, response_id: int, *, club_ids: Sequence[int], now: datetime) -> None:
    """Complete the interview, which gives the credit in the same transaction, and close the call with 1.1.

    Done again it changes nothing. Raises IncompleteError when something is missing, StaleDeskError when the call was
    given another outcome meanwhile, QuotaFullError as `go_on`.
    """
    interview = _held(operator_id, response_id, club_ids)
    line = queries.last_call(operator_id, entry_id=interview.response.entry_id)
    if line is None or line.disposition not in {None, aapor.COMPLETE}:
        raise StaleDeskError(f"The call of response {response_id} has another outcome already.")
    answers.take_seat(interviews.line_of(interview))
    interviewing.finish(interview, now=now)
    outcomes.close(line, code=aapor.COMPLETE, now=now)


def _keep(
    taken: Taken, question: str, status: AnswerStatus, value: Any, request: str | None, now: datetime
) -> Kept | None:
    kept = interviewing.keep(taken, question=question, status=status, value=value, now=now, request=request)
    return kept if kept.is_same_screen else None


def _taken(operator_id: int, response_id: int, club_ids: Sequence[int]) -> Taken:
    """The response, locked, when this operator leads it. Raises as `_own`."""
    taken = interviewing.take(response_id)
    if taken.club_id not in club_ids:
        raise NotFoundError(f"There is no response {response_id}.")
    _ensure_led_by(operator_id, response_id, taken.operator_id)
    return taken


def _held(operator_id: int, response_id: int, club_ids: Sequence[int]) -> Interview:
    """The whole interview, locked, when this operator leads it. Raises as `_own`."""
    interview = interviewing.hold(response_id)
    if interview.response.club_id not in club_ids:
        raise NotFoundError(f"There is no response {response_id}.")
    _ensure_led_by(operator_id, response_id, interview.response.operator_id)
    return interview


def _own(operator_id: int, response_id: int, club_ids: Sequence[int]) -> ResponseLine:
    """The response, when this operator leads it. Raises NotFoundError for one of a club that is not theirs."""
    for club_id in club_ids:
        try:
            response = interviews.get(club_id, response_id)
        except NotFoundError:
            continue
        _ensure_led_by(operator_id, response_id, response.operator_id)
        return response
    raise NotFoundError(f"There is no response {response_id}.")


def _ensure_led_by(operator_id: int, response_id: int, leader_id: int) -> None:
    if leader_id != operator_id:
        raise StaleDeskError(f"Response {response_id} is led by operator {leader_id} now.")
