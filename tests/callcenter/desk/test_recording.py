from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.calls.models import Call
from callcenter.recordings import campaigns
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingConsent
from callcenter.recordings.models import RecordingState
from config.accounts.access import Role
from config.database import db
from config.database import utcnow

QUESTION = "May we record this conversation?"


@pytest.fixture
def recorded(factories, place, desk):
    """The campaign records; the desk speaks English."""
    person = factories.user(Role.SUPERVISOR, [place.club])
    campaigns.switch(place.club.id, place.campaign.id, is_on=True, user_id=person.id, now=utcnow())
    db.session.commit()
    desk.client.post("/language/en")


@pytest.fixture
def greeted(recorded, answered, desk, line):
    """The greeting of the interview is said; gives the id of the call."""
    desk.act("next", response_id=desk.response().id, question="hello")
    return line.call.id


@pytest.fixture
def running(greeted):
    """The exchange records."""
    call = db.session.get_one(Call, greeted)
    db.session.add(Recording(club_id=call.club_id, call_id=greeted, name="one", state=RecordingState.RUNNING))
    db.session.commit()
    return greeted


def words():
    db.session.rollback()
    return list(db.session.scalars(select(RecordingConsent.is_given).order_by(RecordingConsent.id)))


def test_the_member_is_asked_after_the_greeting_and_before_any_question(recorded, answered, desk):
    before = desk.parts()["script"]
    after = desk.act("next", response_id=desk.response().id, question="hello")["script"]

    assert QUESTION not in before
    assert QUESTION in after
    assert "Nothing is recorded until the member agrees" in after


def test_a_campaign_that_does_not_record_asks_nothing(answered, desk, line):
    desk.client.post("/language/en")
    parts = desk.act("next", response_id=desk.response().id, question="hello")

    assert QUESTION not in parts["script"]
    assert desk.act("recording/consent", 409, call_id=line.call.id, value="yes")["error"] == "not_recorded"
    assert words() == []


@pytest.mark.parametrize(("value", "is_given"), [("yes", True), ("no", False)])
def test_either_answer_is_kept_and_the_interview_goes_on(greeted, desk, value, is_given):
    parts = desk.act("recording/consent", call_id=greeted, value=value)
    desk.act("recording/consent", call_id=greeted, value=value)

    assert words() == [is_given]
    assert QUESTION not in parts["script"]
    assert "Shall we begin?" in parts["script"]
    assert ("the member does not agree" in parts["call"]) is not is_given


def test_who_is_cut_off_is_not_asked_again(greeted, desk, line, answered):
    desk.act("recording/consent", call_id=greeted, value="yes")
    line.hang_up()
    desk.act("call", entry_id=answered.id)
    line.answer()

    assert QUESTION not in desk.parts()["script"]


def test_the_key_pauses_and_goes_on(running, desk):
    pressed = desk.act("recording/pause", call_id=running)["call"]
    assert db.session.scalars(select(Recording.wants_pause)).one()
    again = desk.act("recording/resume", call_id=running)["call"]

    assert 'data-key="Z"' in pressed
    assert "Pausing the recording" in pressed
    assert 'action="/desk/recording/pause"' in again
    db.session.rollback()
    assert not db.session.scalars(select(Recording.wants_pause)).one()


def test_a_member_may_withdraw_and_agree_only_by_saying_so(greeted, desk):
    desk.act("recording/consent", call_id=greeted, value="no")
    parts = desk.act("recording/consent", call_id=greeted, value="yes")
    desk.act("recording/consent", 422, call_id=greeted, value="maybe")

    assert words() == [False, True]
    assert "Agrees after all" not in parts["call"]


def test_withdrawing_marks_what_was_recorded(running, desk):
    desk.act("recording/consent", call_id=running, value="yes")
    desk.act("recording/consent", call_id=running, value="no")

    db.session.rollback()
    assert db.session.scalars(select(Recording.state)).one() is RecordingState.WITHDRAWN


def test_another_operators_call_is_left_alone(greeted, desk, client, sign_in, factories, place):
    sign_in(client, factories.operator([place.club]))

    desk.act("recording/consent", 409, call_id=greeted, value="yes")
    desk.act("recording/pause", 409, call_id=greeted)

    assert words() == []


def test_on_hold_the_desk_does_not_say_that_it_records(running, desk):
    talking = desk.parts()["call"]
    db.session.get_one(Call, running).is_on_hold = True
    db.session.commit()

    assert "Being recorded" in talking
    assert "On hold: not recorded" in desk.parts()["call"]
