from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.calls.failures import Failure
from callcenter.calls.models import CallState
from callcenter.calls.models import LineStatus
from callcenter.telephony.messages import BridgeEntered
from callcenter.telephony.messages import BridgeLeft
from callcenter.telephony.messages import CallVanished
from callcenter.telephony.messages import DialBegan
from callcenter.telephony.messages import DialEnded
from callcenter.telephony.messages import DialProgressed
from callcenter.telephony.messages import LegAppeared
from callcenter.telephony.messages import LegHungUp
from callcenter.telephony.messages import LegStateChanged
from callcenter.telephony.messages import OriginateAnswered
from callcenter.telephony.messages import OriginateLost
from callcenter.telephony.messages import OriginateRefused
from callcenter.telephony.tracker import FINAL
from callcenter.telephony.tracker import Track
from callcenter.telephony.tracker import advance
from callcenter.telephony.tracker import ending

OURS, MEMBER = "hamseda-1", "1763.7"
PHONE, TRUNK = "PJSIP/101-1", "PJSIP/trunk-2"
ORDER = list(CallState)

OPERATOR_UP = (
    LegAppeared(PHONE, OURS, OURS),
    DialBegan(PHONE, OURS, OURS, caller=""),
    LegStateChanged(PHONE, OURS, OURS, 5),
    LegStateChanged(PHONE, OURS, OURS, 6),
    DialEnded(OURS, OURS, caller="", status="ANSWER"),
    OriginateAnswered(OURS, is_success=True, reason=4),
)
MEMBER_DIALLED = (*OPERATOR_UP, LegAppeared(TRUNK, MEMBER, OURS), DialBegan(TRUNK, MEMBER, OURS, caller=OURS))
MEMBER_RINGS = (*MEMBER_DIALLED, LegStateChanged(TRUNK, MEMBER, OURS, 5))
TALKING = (
    *MEMBER_RINGS,
    LegStateChanged(TRUNK, MEMBER, OURS, 6),
    DialEnded(MEMBER, OURS, caller=OURS, status="ANSWER"),
    BridgeEntered(MEMBER, OURS),
    BridgeEntered(OURS, OURS),
)
OPERATOR_GONE = LegHungUp(OURS, OURS, 16, "Normal Clearing")


def unanswered(status, cause, *, rings=True):
    return (
        *(MEMBER_RINGS if rings else MEMBER_DIALLED),
        DialEnded(MEMBER, OURS, caller=OURS, status=status),
        LegHungUp(MEMBER, OURS, cause, ""),
        OPERATOR_GONE,
    )


def talked(first, second):
    return (*TALKING, BridgeLeft(first, OURS), BridgeLeft(second, OURS), LegHungUp(MEMBER, OURS, 16, ""), OPERATOR_GONE)


def follow(messages, track=None):
    track = track or Track(OURS)
    for message in messages:
        track = advance(track, message)
    return track


STEPS = [
    ((), CallState.DIALLING),
    (OPERATOR_UP[:1], CallState.DIALLING),
    (OPERATOR_UP[:3], CallState.OPERATOR_RINGING),
    (OPERATOR_UP, CallState.OPERATOR_RINGING),
    (MEMBER_DIALLED, CallState.MEMBER_DIALLING),
    (MEMBER_RINGS, CallState.MEMBER_RINGING),
    ((*MEMBER_DIALLED, DialProgressed(MEMBER, OURS, OURS, "PROGRESS")), CallState.MEMBER_RINGING),
    (TALKING, CallState.CONNECTED),
    ((*TALKING, LegHungUp(MEMBER, OURS, 16, "")), CallState.CONNECTED),
    (talked(MEMBER, OURS), CallState.ENDED),
]


@pytest.mark.parametrize(("messages", "state"), STEPS)
def test_a_call_stands_where_the_line_says(messages, state):
    assert follow(messages).state is state


ENDINGS = [
    pytest.param(unanswered("BUSY", 17, rings=False), LineStatus.BUSY, 17, id="busy"),
    pytest.param(unanswered("NOANSWER", 19), LineStatus.NO_ANSWER, 19, id="no answer"),
    pytest.param(unanswered("NOANSWER", 0), LineStatus.NO_ANSWER, 0, id="dial timed out without a cause"),
    pytest.param(unanswered("NOANSWER", 1, rings=False), LineStatus.WRONG_NUMBER, 1, id="unallocated, NOANSWER"),
    pytest.param(unanswered("CHANUNAVAIL", 28, rings=False), LineStatus.WRONG_NUMBER, 28, id="invalid number"),
    pytest.param(unanswered("NOANSWER", 21), LineStatus.REJECTED, 21, id="declined, though NOANSWER"),
    pytest.param(unanswered("CONGESTION", 34, rings=False), LineStatus.CONGESTION, 34, id="congestion"),
    pytest.param(unanswered("CHANUNAVAIL", 20, rings=False), LineStatus.UNREACHABLE, 20, id="mobile off"),
    pytest.param(unanswered("NOANSWER", 22, rings=False), LineStatus.NUMBER_CHANGED, 22, id="number changed"),
    pytest.param(unanswered("CANCEL", 16), LineStatus.NOT_DIALLED, 16, id="the operator gives up"),
    pytest.param(talked(MEMBER, OURS), LineStatus.ANSWERED, 16, id="the member hangs up"),
    pytest.param(talked(OURS, MEMBER), LineStatus.ANSWERED, 16, id="the operator hangs up"),
]


NOBODY = DialEnded(MEMBER, OURS, caller=OURS, status="NOANSWER")
SOMEBODY = DialEnded(MEMBER, OURS, caller=OURS, status="ANSWER")


@pytest.mark.parametrize("told", [(NOBODY, SOMEBODY), (SOMEBODY, NOBODY), (NOBODY, SOMEBODY, NOBODY)])
def test_a_busy_exchange_that_tells_of_one_leg_that_nobody_answered_and_that_somebody_did_means_the_answer(told):
    talking = follow((*MEMBER_RINGS, *told))
    over = follow((LegHungUp(MEMBER, OURS, 16, ""), OPERATOR_GONE), talking)

    assert talking.state is CallState.CONNECTED
    assert (ending(over).status, ending(over).cause) == (LineStatus.ANSWERED, 16)


@pytest.mark.parametrize(("messages", "status", "cause"), ENDINGS)
def test_an_ended_call_has_the_status_its_cause_tells(messages, status, cause):
    track = follow(messages)

    assert track.state is CallState.ENDED
    assert track.is_member_dialled
    assert (ending(track).status, ending(track).cause) == (status, cause)


NOT_DIALLED = [
    pytest.param(
        (*OPERATOR_UP[:3], DialEnded(OURS, OURS, "", "NOANSWER"), LegHungUp(OURS, OURS, 19, "")),
        Failure.OPERATOR_NO_ANSWER,
        id="the operator's phone rings in vain",
    ),
    pytest.param((OriginateAnswered(OURS, False, 0),), Failure.OPERATOR_UNREACHABLE, id="no such phone"),
    pytest.param((OriginateAnswered(OURS, False, 5),), Failure.OPERATOR_BUSY, id="the phone is busy"),
    pytest.param((*OPERATOR_UP, OPERATOR_GONE), Failure.OPERATOR_LEFT, id="hung up before the member was dialled"),
]


@pytest.mark.parametrize(("messages", "failure"), NOT_DIALLED)
def test_a_member_who_was_not_dialled_counts_as_no_attempt(messages, failure):
    track = follow(messages)

    assert track.state is CallState.ENDED
    assert not track.is_member_dialled
    assert (ending(track).status, ending(track).failure) == (LineStatus.NOT_DIALLED, failure)


def test_the_operators_own_dialling_is_not_taken_for_the_members():
    track = follow(OPERATOR_UP)

    assert not track.is_member_dialled
    assert not track.is_answered


def test_a_refused_originate_fails_the_call():
    track = follow([OriginateRefused(OURS, "Originate: Permission denied")])

    assert track.state is CallState.FAILED
    assert ending(track).failure is Failure.REFUSED


def test_a_number_the_dialplan_does_not_know_is_told_from_other_refusals():
    track = follow([OriginateRefused(OURS, "Originate: Extension does not exist.")])

    assert ending(track).failure is Failure.BAD_NUMBER


def test_a_lost_reply_fails_a_call_nothing_is_heard_of():
    assert ending(follow([OriginateLost(OURS)])).failure is Failure.REPLY_LOST


def test_a_lost_reply_does_not_matter_once_the_call_is_heard_of():
    assert follow([*OPERATOR_UP[:3], OriginateLost(OURS)]).state is CallState.OPERATOR_RINGING


VANISHED = [
    ((), CallState.FAILED, LineStatus.FAILED, Failure.UNKNOWN_TO_LINE),
    (MEMBER_RINGS, CallState.FAILED, LineStatus.FAILED, Failure.MISSED),
    (TALKING, CallState.ENDED, LineStatus.ANSWERED, None),
]


@pytest.mark.parametrize(("messages", "state", "status", "failure"), VANISHED)
def test_a_call_the_exchange_no_longer_knows_is_over(messages, state, status, failure):
    track = follow([*messages, CallVanished(OURS)])

    assert track.state is state
    assert (ending(track).status, ending(track).failure) == (status, failure)


STORIES = [case.values[0] for case in (*ENDINGS, *NOT_DIALLED)]
shuffled = st.sampled_from(STORIES).flatmap(
    lambda story: st.lists(st.sampled_from(story), max_size=40).flatmap(lambda extra: st.permutations([*story, *extra]))
)


@given(shuffled)
def test_in_any_order_and_with_repeats_a_call_never_goes_backwards(messages):
    track, finals = Track(OURS), []
    for message in messages:
        after = advance(track, message)
        assert ORDER.index(after.state) >= ORDER.index(track.state)
        if after.state in FINAL:
            finals.append(after)
        track = after

    assert all(final is finals[0] for final in finals)


@given(st.sampled_from([case.values[:3] for case in ENDINGS]), st.randoms())
def test_whatever_the_order_before_the_last_hang_up_the_status_is_the_same(case, chance):
    story, status, cause = case
    before = [message for message in story if message is not OPERATOR_GONE] * 2
    chance.shuffle(before)

    track = follow([*before, OPERATOR_GONE])

    assert track.state is CallState.ENDED
    assert (ending(track).status, ending(track).cause) == (status, cause)


@given(st.sampled_from(STORIES))
def test_a_message_that_tells_nothing_new_changes_nothing(story):
    track = Track(OURS)
    for message in story:
        track = advance(track, message)
        assert advance(track, message) is track
