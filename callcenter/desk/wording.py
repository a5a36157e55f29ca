"""The desk's words: what a state, an outcome or a reason is called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from callcenter.calls.models import CallState
from callcenter.operators.models import OperatorState
from callcenter.outcomes.wording import outcome as outcome
from callcenter.permission import wording
from config.calendar import format_date
from config.formats import digits
from config.languages import current_language
from config.languages import speaking
from surveys.interviews.states import ResponseState

if TYPE_CHECKING:
    from flask_babel import LazyString

    from callcenter.desk.errors import ClosedThenError

STATES: dict[OperatorState, LazyString] = {
    OperatorState.OFF: _l("Off the queue"),
    OperatorState.READY: _l("Ready"),
    OperatorState.PREVIEW: _l("Next member"),
    OperatorState.DIALLING: _l("Dialling"),
    OperatorState.ON_CALL: _l("On call"),
    OperatorState.WRAP_UP: _l("Wrap-up"),
    OperatorState.PAUSED: _l("Paused"),
    OperatorState.AWAY: _l("Away"),
}
# The shape beside the word, so that colour is never alone.
SHAPES: dict[OperatorState, str] = {
    OperatorState.ON_CALL: "is-live",
    OperatorState.DIALLING: "is-live",
    OperatorState.WRAP_UP: "is-wrap",
    OperatorState.PAUSED: "is-paused",
    OperatorState.OFF: "is-off",
    OperatorState.AWAY: "is-off",
}
LINE: dict[CallState, LazyString] = {
    CallState.REQUESTED: _l("Calling your phone"),
    CallState.DIALLING: _l("Calling your phone"),
    CallState.OPERATOR_RINGING: _l("Your phone rings: pick up"),
    CallState.MEMBER_DIALLING: _l("Dialling the member"),
    CallState.MEMBER_RINGING: _l("The member's phone rings"),
    CallState.CONNECTED: _l("On call"),
    CallState.ENDED: _l("The call has ended"),
    CallState.FAILED: _l("The line failed"),
}
RESPONSE_STATES: dict[ResponseState, LazyString] = {
    ResponseState.STARTED: _l("not finished yet"),
    ResponseState.COMPLETE: _l("complete"),
    ResponseState.PARTIAL: _l("partial"),
    ResponseState.BREAK_OFF: _l("broken off"),
}
DIMENSIONS: dict[str, LazyString] = {
    "price": _l("Price"),
    "quality": _l("Quality"),
    "service": _l("Service"),
    "overall": _l("Overall"),
}

# Why a call did not come to the supervisor it was offered to; the member waits on hold then.
HANDOVER_FAILURES: dict[str, LazyString] = {
    "phone": _l("The supervisor's phone was not answered. The member still waits: take them back."),
    "desk_taken": _l("The supervisor has another member by now. This one still waits: take them back."),
    "refused": _l("The exchange did not do it. The member still waits: take them back."),
    "line_down": _l("The exchange was not reachable. The member still waits: take them back."),
}


def isolate(text: str) -> str:
    """`text` as a run of its own direction inside a sentence of the other one."""
    return f"\u2068{text}\u2069"


def ask_to_record(language: str) -> str:
    """The question that the operator reads out, in the member's language."""
    with speaking(language):
        question: str = _(
            "May we record this conversation? The recording serves only to check and improve our work. If you would "
            "rather not, nothing is recorded and we go on all the same."
        )
        return question


REFUSALS: dict[str, LazyString] = {
    "stale_desk": _l("The desk had moved on before this arrived. What was saved is kept; this is how things stand."),
    "out_of_hours": _l(
        "The calling hours are over for now, so nobody was dialled. Call anyway only if the member wants it."
    ),
    "lease_lost": _l(
        "This member is no longer yours: the time ran out or somebody else took over. The answers are kept."
    ),
    "nothing_to_hand_over": _l("This call is not being handed over any more."),
    "already_handed_over": _l("A phone rings for this call, or for that supervisor, already."),
    "desk_taken": _l("This supervisor has a member on the desk. Choose another one."),
    "no_phone": _l("This supervisor has no phone. Choose another one."),
    "not_now": _l("This cannot be done at this step."),
    "operator_already_on_call": _l("There is a call already. Hang up first."),
    "not_recorded": _l("This call is not being recorded."),
    "call_ended": _l("The call has already ended."),
    "not_connected": _l("Nobody has answered yet."),
    "already_disposed": _l("This call has its outcome already."),
    "do_not_call": _l("This member asked not to be called, so nobody was dialled. Press Ready for the next one."),
    "left_out": _l("This member is left out of this campaign, so nobody was dialled. Press Ready for the next one."),
    "own_hours": _l(
        "This member does not want to be called at this hour, so nobody was dialled. Press Ready for the next one."
    ),
    "resting": _l(
        "This member was called or interviewed so often lately that the club's rules leave them in peace for now. "
        "Nobody was dialled; press Ready for the next one."
    ),
    "no_consent": _l("This member has not agreed to be called, so nobody was dialled. Press Ready for the next one."),
    "quota_full": _l("There are enough interviews with these answers. Thank the member and close the call."),
    "response_closed": _l("This interview has already ended. Its answers stand."),
    "question_off_path": _l("The answers do not lead to this question any more."),
    "answer_needed": _l("This question needs an answer first; “does not know” is one too."),
    "interview_incomplete": _l("Some questions have no answer yet."),
    "invalid_answer": _l("This is not an answer to the question on the screen."),
    "missing_placeholder": _l("The script needs something that is not known of this member. Tell your supervisor."),
    "version_not_open": _l("This survey takes no new interviews. Tell your supervisor."),
}
FIELDS: dict[str, LazyString] = {
    "outcome_note": _l("This outcome needs a note: say in a few words why. The call is still open."),
    "time": _l("Choose a time that is still to come, like 17:30."),
    **{field: wording.FIELDS[field] for field in ("windows", "zone")},
    "until": _l("“Until” is a time after the first one, on the same day, like 19:00; or leave it empty."),
    "date": _l("Choose a day in the next two months, like 1405/09/12."),
    "reason": _l("This reason is not offered any more. Choose another one."),
    "skip_note": _l("Say in a few words why. The member is still on your desk."),
}


def refusal(code: str, field: str | None = None) -> str:
    """The sentence for a refusal: what happened and what to do."""
    if field in FIELDS:
        return str(FIELDS[field])
    return str(REFUSALS.get(code, _l("This did not work. What was saved before is kept.")))


def full_quota(language: str) -> str:
    """What is read to a member whose answers are those of a full quota cell."""
    with speaking(language):
        return str(
            _(
                "Thank you very much for your time. We have already heard from enough people who answered as you did, "
                "so I will not keep you any longer. Have a nice day."
            )
        )


def closed_then(error: ClosedThenError) -> str:
    """The sentence for a promise outside the calling hours, with the nearest time that is possible."""
    if error.nearest is None:
        return str(_("Nobody is called at that time, and the campaign has no later hours. The call is still open."))
    clock_time = digits(f"{error.nearest:%H:%M}")
    if error.field == "until":
        return str(_("The calling hours of that day end at %(time)s. The call is still open.", time=clock_time))
    day = format_date(error.nearest.date(), current_language(), "long")
    sentence = _("Nobody is called at that time. The nearest possible: %(day)s at %(time)s. The call is still open.")
    return str(sentence) % {"day": day, "time": clock_time}
