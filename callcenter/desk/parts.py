"""What the desk shows, as values: four parts and the step they are at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from callcenter.desk.menu import STANDARD_MENU
from callcenter.desk.menu import Menu
from callcenter.operators.models import OperatorState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from callcenter.calls.models import CallState
    from callcenter.campaigns.modes import Dialling
    from callcenter.handover.desks import Named
    from callcenter.handover.queries import Going
    from callcenter.handover.queries import HandoverLine
    from callcenter.operators.orders import OrderLine
    from callcenter.operators.pauses import Reason
    from callcenter.permission import reasons
    from callcenter.permission.census import Emptiness
    from callcenter.permission.own_hours_form import Shown
    from callcenter.queue.queries import EntryLine
    from callcenter.queue.queries import Glimpse
    from callcenter.quotas.answers import FullCell
    from callcenter.recordings.queries import OnDesk
    from callcenter.training.standing import Closed
    from club.members.queries import MemberCard
    from surveys.interviews.history import LastInterview
    from surveys.interviews.screens import Screen


class Step(StrEnum):
    """Where the operator is in the work; the middle of the desk shows it.

    `cut`: the line of an answered call is gone and its outcome is owed. `failed`: the member's line was never dialled,
    so the member is still here. `lost`: the member went to somebody else. `handed_over`: a supervisor wanted that.
    """

    OFF = "off"
    PAUSED = "paused"
    WAITING = "waiting"
    PREVIEW = "preview"
    CALLING = "calling"
    INTERVIEW = "interview"
    CUT = "cut"
    FAILED = "failed"
    WRAP_UP = "wrap_up"
    LOST = "lost"
    HANDED_OVER = "handed_over"


# The steps at which the operator may pause or leave: nobody is on the line and no outcome is owed.
FREE_STEPS = frozenset(
    {Step.OFF, Step.PAUSED, Step.WAITING, Step.PREVIEW, Step.FAILED, Step.WRAP_UP, Step.LOST, Step.HANDED_OVER}
)
# The steps at which a member is looked at and not called yet.
LOOKING_STEPS = frozenset({Step.PREVIEW, Step.FAILED})
# The steps at which an answered call has no outcome yet.
OWING_STEPS = frozenset({Step.INTERVIEW, Step.CUT})


@dataclass(frozen=True)
class Figures:
    """The operator's day so far; `average_seconds` is the mean length of a conversation, None before the first.

    What a review rejected is no complete interview: it is in `rejected_count`.
    """

    call_count: int
    complete_count: int
    rejected_count: int
    average_seconds: float | None


@dataclass(frozen=True)
class CallLine:
    """The call on the desk. `failure` is why the line was no use, in the stable codes of callcenter.calls.failures."""

    id: int
    club_id: int
    campaign_id: int
    entry_id: int
    member_id: int
    phone: str
    state: CallState
    requested_at: datetime
    connected_at: datetime | None
    ended_at: datetime | None
    hangup_requested_at: datetime | None
    wants_mute: bool
    is_muted: bool
    wants_hold: bool
    is_on_hold: bool
    has_wish_failed: bool
    disposition: str | None
    failure: str | None
    passed_at: datetime | None

    @property
    def is_live(self) -> bool:
        """Whether the line is still in use."""
        return self.ended_at is None

    @property
    def owes_outcome(self) -> bool:
        """Whether somebody was spoken to and the operator has not said yet what came of it."""
        return self.connected_at is not None and self.disposition is None


@dataclass(frozen=True)
class Campaign:
    """The campaign of the member on the desk."""

    id: int
    club_id: int
    name: str
    version_id: int
    max_attempts: int
    club: str
    zone: str
    dialling: Dialling


@dataclass(frozen=True)
class Credit:
    """What this interview is worth to the member, in rial; `was_given` once it is complete.

    `is_held`: it is complete, and somebody looks at it before the credit is there.
    """

    amount_rial: int
    offer: str | None
    was_given: bool
    is_held: bool


@dataclass(frozen=True)
class Person:
    """The member on the desk: the club's card, the balance in rial, the last complete interview."""

    card: MemberCard
    balance_rial: int
    last: LastInterview | None


@dataclass(frozen=True)
class Reply:
    """An objection and what the operator says to it, in the language of the interview."""

    title: str
    text: str


@dataclass(frozen=True)
class OwnCallback:
    """A call that this operator promised to make: at `at`, or any time until `until`."""

    member: str
    campaign: str
    at: datetime
    until: datetime | None
    is_soon: bool


@dataclass(frozen=True)
class Words:
    """What the operator says, and in which language (fa, en)."""

    text: str
    language: str


@dataclass(frozen=True)
class Desk:
    """What is on the desk at one moment: all of it, or as much as its middle needs during an interview.

    `opening` is the first sentence of the interview, for reading before the call is answered. `emptiness` is why
    nobody is handed out, while the operator waits, `closed_to` names the campaigns they lack the certificate for.
    `pauses` are all reasons to pause, in the order of their keys. `last_note` is what the operator before said
    about the outcome. `callbacks` are the operator's own promises, soonest first. `order` is what a supervisor
    wants after this call, or wanted when the present stay began. `closed` is why the member before the operator
    should not be called at this hour, `own_hours` when they want to be. `handover` is how the member came to this
    desk, or went from it; `going` and `coming` are live calls on their way from and to it, `supervisors` to whom
    this one can be offered. `recording` is there for a talk of a campaign that records. `replies` answer the
    objections of members, in the order of their keys. `calls_at_once`: Ready may begin a call by itself, because a
    campaign wants it so.
    """

    operator_id: int
    state: OperatorState
    state_since: datetime
    state_reason: str | None
    step: Step
    figures: Figures | None = None
    waiting: Glimpse | None = None
    emptiness: Emptiness | None = None
    other_line_count: int = 0
    closed_to: Sequence[Closed] = ()
    entry: EntryLine | None = None
    campaign: Campaign | None = None
    person: Person | None = None
    call: CallLine | None = None
    screen: Screen | None = None
    full_cell: FullCell | None = None
    credit: Credit | None = None
    opening: Words | None = None
    pauses: Sequence[Reason] = ()
    menu: Menu = STANDARD_MENU
    last_note: str = ""
    callbacks: Sequence[OwnCallback] = ()
    order: OrderLine | None = None
    closed: reasons.Reason | None = None
    own_hours: Shown | None = None
    handover: HandoverLine | None = None
    going: Going | None = None
    coming: Going | None = None
    supervisors: Sequence[Named] = ()
    recording: OnDesk | None = None
    replies: Sequence[Reply] = ()
    calls_at_once: bool = False

    @property
    def asks_to_record(self) -> bool:
        """Whether the member is asked now if the talk may be recorded: after the greeting, before any question."""
        is_unasked = self.recording is not None and self.recording.is_given is None
        is_talk = self.step is Step.INTERVIEW and self.screen is not None
        return is_unasked and is_talk and self.screen is not None and self.screen.wants_answer

    @property
    def pause(self) -> Reason | None:
        """Why the operator pauses, while they do."""
        return self._reason(self.state_reason)

    @property
    def order_reason(self) -> Reason | None:
        """Why a supervisor wants a pause."""
        return self._reason(self.order.reason) if self.order else None

    def _reason(self, code: str | None) -> Reason | None:
        return next((reason for reason in self.pauses if reason.code == code), None)

    @property
    def reminder(self) -> OwnCallback | None:
        """The operator's promise whose time has nearly come, or has."""
        return next((one for one in self.callbacks if one.is_soon), None)

    @property
    def decide_until(self) -> datetime | None:
        """Until when the operator decides whether to call the member; None without a limit."""
        if self.step not in LOOKING_STEPS or self.state is not OperatorState.PREVIEW or self.campaign is None:
            return None
        return self._after(self.campaign.dialling.seconds_to_decide)

    @property
    def wrap_up_until(self) -> datetime | None:
        """When the wrap-up ends by itself; None without a limit."""
        if self.step is not Step.WRAP_UP or self.state is not OperatorState.WRAP_UP or self.campaign is None:
            return None
        return self._after(self.campaign.dialling.wrap_up_seconds)

    def _after(self, seconds: int | None) -> datetime | None:
        return None if seconds is None else self.state_since + timedelta(seconds=seconds)

    @property
    def can_leave(self) -> bool:
        """Whether the operator may pause or go."""
        return self.step in FREE_STEPS and not (self.call and self.call.is_live)

    @property
    def owes_outcome(self) -> bool:
        """Whether an outcome is to be given now."""
        return self.step in OWING_STEPS
