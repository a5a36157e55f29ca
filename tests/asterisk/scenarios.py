"""The calls that the test bed can make, and what must come of each."""

from __future__ import annotations

from dataclasses import dataclass

from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus


@dataclass(frozen=True)
class Scenario:
    """`phone` is the operator's extension, `number` the member's; we hang up once the call is in state `hang_up_at`."""

    name: str
    number: str
    status: LineStatus
    cause: int | None = None
    phone: str = "201"
    hang_up_at: CallState | None = None
    failure: Failure | None = None
    state: CallState = CallState.ENDED


MEMBER = "0912345678"
LANDLINE = "0213456789"
NOT_DIALLED = LineStatus.NOT_DIALLED

SCENARIOS = (
    Scenario("we_hang_up", MEMBER + "0", LineStatus.ANSWERED, 16, hang_up_at=CallState.CONNECTED),
    Scenario("member_hangs_up", MEMBER + "6", LineStatus.ANSWERED, 16),
    Scenario("operator_hangs_up", LANDLINE + "0", LineStatus.ANSWERED, 16, phone="hangs-up"),
    Scenario("unallocated", MEMBER + "1", LineStatus.WRONG_NUMBER, 1),
    Scenario("busy", LANDLINE + "2", LineStatus.BUSY, 17),
    Scenario("no_answer", MEMBER + "3", LineStatus.NO_ANSWER, 0),
    Scenario("declined", MEMBER + "4", LineStatus.REJECTED, 21),
    Scenario("congestion", MEMBER + "5", LineStatus.CONGESTION, 34),
    Scenario("out_of_order", MEMBER + "7", LineStatus.UNREACHABLE, 27),
    Scenario("number_changed", MEMBER + "8", LineStatus.NUMBER_CHANGED, 22),
    Scenario("cancelled_while_ringing", MEMBER + "3", NOT_DIALLED, hang_up_at=CallState.MEMBER_RINGING),
    Scenario("operator_no_answer", MEMBER + "0", NOT_DIALLED, 19, "silent", failure=Failure.OPERATOR_NO_ANSWER),
    Scenario("operator_busy", MEMBER + "0", NOT_DIALLED, 17, "busy", failure=Failure.OPERATOR_BUSY),
    Scenario("operator_not_connected", MEMBER + "0", NOT_DIALLED, None, "none", failure=Failure.OPERATOR_UNREACHABLE),
    Scenario(
        "operator_gives_up",
        MEMBER + "0",
        NOT_DIALLED,
        phone="silent",
        hang_up_at=CallState.OPERATOR_RINGING,
        failure=Failure.OPERATOR_NO_ANSWER,
    ),
)


@dataclass(frozen=True)
class Talk:
    """What is done, one after the other, to two who talk. Each step waits for what comes of the one before."""

    name: str
    steps: tuple[str, ...]


TALKS = (
    Talk("held_and_resumed", ("mute", "hold", "resume", "unmute", "hang_up")),
    Talk("held_twice", ("hold", "hold", "resume", "hold", "resume", "hang_up")),
    Talk("member_leaves_on_hold", ("hold", "member_leaves", "hang_up")),
    Talk("operator_leaves_on_hold", ("hold", "hang_up", "member_leaves")),
    Talk("joined_while_joined", ("hold", "resume", "resume_again")),
)
BY_NAME = {scenario.name: scenario for scenario in SCENARIOS}
