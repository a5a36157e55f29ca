"""A supervisor on a call at a real Asterisk: ChanSpy began, and the member hears what the manner says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from callcenter.calls.models import CallState
from callcenter.listening.models import Manner
from tests.asterisk.sound import tone

if TYPE_CHECKING:
    from tests.asterisk import bed
    from tests.asterisk.house import House


# The supervisor's tone is about 7,000 where it is heard, and 7 where it is not.
AUDIBLE = 1000


@pytest.mark.parametrize(
    ("manner", "heard_by_operator", "heard_by_member"),
    [(Manner.LISTEN, False, False), (Manner.WHISPER, True, False), (Manner.BARGE, True, True)],
    ids=list(Manner),
)
def test_a_supervisor_is_heard_by_whom_the_manner_says(
    at_work: House,
    talk: int,
    asterisk: bed.Asterisk,
    manner: Manner,
    heard_by_operator,
    heard_by_member,
):
    row_id = at_work.listen(talk, manner)
    at_work.wait_for_ear(row_id, lambda row: row.started_at is not None)

    # The pitch of the supervisor's voice; the two others hum at 1004 Hz.
    assert (tone(asterisk.spool / "heard.sln", 440, pieces=2) > AUDIBLE) is heard_by_member
    assert (tone(asterisk.spool / "heard-by-operator.sln", 440, pieces=1) > AUDIBLE) is heard_by_operator

    at_work.leave(row_id)
    row = at_work.wait_for_ear(row_id, lambda row: row.ended_at is not None)
    assert row.failure is None
    assert at_work.read(talk).state is CallState.CONNECTED


def test_the_end_of_the_call_ends_the_listening_even_through_hold(at_work: House, talk: int):
    row_id = at_work.listen(talk, Manner.LISTEN)
    at_work.wait_for_ear(row_id, lambda row: row.started_at is not None)
    for is_wanted in (True, False):
        at_work.hold(talk, is_wanted=is_wanted)
        at_work.wait(talk, lambda call, is_wanted=is_wanted: call.is_on_hold is is_wanted)
    assert at_work.wait_for_ear(row_id, lambda row: True).ended_at is None

    at_work.hang_up(talk)

    assert at_work.wait_for_ear(row_id, lambda row: row.ended_at is not None).failure is None


@pytest.mark.parametrize(("phone", "failure"), [("none", "phone"), ("busy", "phone")])
def test_a_supervisors_phone_that_is_not_reached_is_said(at_work: House, talk: int, phone: str, failure: str):
    row_id = at_work.listen(talk, Manner.LISTEN, phone)

    row = at_work.wait_for_ear(row_id, lambda row: row.ended_at is not None)

    assert (row.failure, row.started_at) == (failure, None)
