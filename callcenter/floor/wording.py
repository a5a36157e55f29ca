"""The words of the floor."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from callcenter.calls.models import CallState
from callcenter.lines.health import LineHealth
from callcenter.listening.models import Manner
from callcenter.operators.models import OperatorState
from callcenter.operators.models import OrderKind
from callcenter.operators.states import HANDED_OVER
from callcenter.operators.states import SILENT
from callcenter.skips import wording as skips
from callcenter.skips.models import SkipReason

# The word, and the shape beside it.
STATES = {
    OperatorState.OFF: (_l("Off the queue"), ""),
    OperatorState.READY: (_l("Ready"), "good"),
    OperatorState.PREVIEW: (_l("Next member"), "good"),
    OperatorState.DIALLING: (_l("Dialling"), "live"),
    OperatorState.ON_CALL: (_l("On call"), "live"),
    OperatorState.WRAP_UP: (_l("Wrap-up"), "good"),
    OperatorState.PAUSED: (_l("Paused"), "warn"),
    OperatorState.AWAY: (_l("Away"), "bad"),
}
# Why somebody is off the queue; a pause has a reason from the house's list.
REASONS = {
    "lease_expired": _l("The time for the member ran out"),
    SILENT: _l("Silent for too long"),
    HANDED_OVER: _l("The member went to another desk"),
    SkipReason.UNDECIDED: skips.REASONS[SkipReason.UNDECIDED],
}
CALLS = {
    CallState.REQUESTED: _l("Operator's phone"),
    CallState.DIALLING: _l("Operator's phone"),
    CallState.OPERATOR_RINGING: _l("Operator's phone rings"),
    CallState.MEMBER_DIALLING: _l("Dialling the member"),
    CallState.MEMBER_RINGING: _l("Member's phone rings"),
    CallState.CONNECTED: _l("Talking"),
}
LINES = {
    LineHealth.UP: (_l("The telephone line is up"), "good"),
    LineHealth.NO_EXCHANGE: (_l("No connection to the telephone exchange"), "bad"),
    LineHealth.DOWN: (_l("The line process is not running"), "bad"),
    LineHealth.UNKNOWN: (_l("The state of the line is not known"), "warn"),
}
ORDERS = {OrderKind.PAUSE: _l("Pause"), OrderKind.SIGN_OFF: _l("Off the queue")}
DONE = _l("Done. The operator reads it on the desk.")
AFTER_THE_CALL = _l("The operator is on the line; it happens when the call and its outcome are done. The desk says so.")
REFUSALS = {
    "not_at_work": _l("This operator is off the queue already."),
    "invalid_input": _l("Choose a reason that is on the list."),
}
# What a supervisor presses, and how the list of the day says it.
MANNERS = {
    Manner.LISTEN: (_l("Listen"), _l("listened")),
    Manner.WHISPER: (_l("Whisper"), _l("whispered to the operator")),
    Manner.BARGE: (_l("Join in"), _l("joined in")),
}
LISTENING_FAILURES = {
    "phone": _l("The supervisor's phone was not answered."),
    "refused": _l("The exchange refused it."),
    "not_heard": _l("The call had ended."),
    "line_down": _l("The exchange was not reachable."),
}
