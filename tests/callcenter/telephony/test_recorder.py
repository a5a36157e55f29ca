from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.queue.models import QueueEntry
from callcenter.recordings import asking
from callcenter.recordings import campaigns
from callcenter.recordings import keeping
from callcenter.recordings.models import MomentKind
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingMoment
from callcenter.recordings.models import RecordingState
from callcenter.recordings.queries import said
from callcenter.telephony import asked
from callcenter.telephony.messages import RecordingPaused
from callcenter.telephony.messages import RecordingStarted
from callcenter.telephony.messages import RecordingStopped
from callcenter.telephony.port import Legs
from callcenter.telephony.recorder import MOST_TRIES
from callcenter.telephony.recorder import Recorder
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from tests.support.calling import read_call
from tests.support.calling import sent_call
from tests.support.channels import PHONE
from tests.support.channels import TRUNK
from tests.support.channels import tell
from tests.support.channels import to_the_talk


@pytest.fixture
def recorder(app, line, follower):
    return Recorder(app, line, follower)


@pytest.fixture
def talk(factories, follower):
    """A talk of a campaign that records, and another one beside it."""
    noise = sent_call(factories)
    tell(follower, *to_the_talk(noise.channel_id))
    call = sent_call(factories)
    tell(follower, *to_the_talk(call.channel_id))
    person = factories.user(Role.SUPERVISOR)
    for one in (call, noise):
        campaigns.switch(one.club_id, one.campaign_id, is_on=True, user_id=person.id, now=utcnow())
    db.session.commit()
    return read_call(call.id)


@pytest.fixture
def legs(talk):
    return Legs(channel_id=talk.channel_id, operator=PHONE, member=TRUNK)


@pytest.fixture
def work(recorder):
    """One look of the process; `later` so much that everything may be asked for again."""

    def act(*, later=False):
        if later:
            recorder._asked.clear()
        recorder.work(now=utcnow())
        db.session.rollback()

    return act


def say(talk, is_given):
    asking.say(talk.id, is_given=is_given, now=utcnow())
    db.session.commit()


def pause(talk, is_wanted):
    asking.pause(talk.id, is_wanted=is_wanted)
    db.session.commit()


def read():
    db.session.rollback()
    return db.session.scalars(select(Recording)).one()


def moments():
    db.session.rollback()
    return list(db.session.scalars(select(RecordingMoment.kind).order_by(RecordingMoment.id)))


def test_nothing_is_asked_for_before_the_member_agreed(talk, line, work):
    work()
    say(talk, False)
    work()

    assert line.wishes == []
    assert db.session.scalars(select(Recording)).all() == []


def test_a_no_in_the_moment_in_which_it_begins_is_heard(talk, line, work):
    say(talk, True)
    due = keeping.due()
    say(talk, False)

    for call_id in due:
        keeping.begin(call_id, now=utcnow())
    db.session.commit()
    work()

    assert due == [talk.id]
    assert line.wishes == []
    assert db.session.scalars(select(Recording)).all() == []


def test_a_yes_begins_the_recording_under_a_name_that_says_nothing(talk, line, legs, work, recorder):
    say(talk, True)
    work()
    name = talk.channel_id.removeprefix("hamseda-")
    assert line.wishes == [("record", legs, name)]
    assert read().state is RecordingState.ASKED

    recorder.take(RecordingStarted(talk.channel_id))
    recorder.take(RecordingStarted(talk.channel_id))
    work(later=True)

    assert read().state is RecordingState.RUNNING
    assert len(line.wishes) == 1
    assert moments() == [MomentKind.STARTED]


def test_who_is_called_on_another_day_is_asked_again(talk, line, work):
    say(talk, True)
    entry = db.session.get_one(QueueEntry, talk.entry_id)
    entry.leased_at = utcnow()
    db.session.commit()

    work()

    assert line.wishes == []
    assert said(talk.entry_id) is None


def test_two_processes_at_once_make_one_recording(talk, work):
    say(talk, True)
    for _ in range(2):
        keeping.begin(talk.id, now=utcnow())
    db.session.commit()

    work()

    assert read().call_id == talk.id


def test_a_recording_that_does_not_begin_is_not_asked_for_for_ever(talk, line, work):
    say(talk, True)
    for _ in range(MOST_TRIES + 2):
        work(later=True)

    assert len(line.wishes) == MOST_TRIES


def test_an_unconfirmed_wish_waits_before_it_is_sent_again(talk, line, work, monkeypatch):
    say(talk, True)
    work()
    work()
    assert len(line.wishes) == 1

    monkeypatch.setattr(asked, "AGAIN_SECONDS", 0.0)
    work()

    assert len(line.wishes) == 2


def test_sound_in_a_recording_tells_that_it_runs_even_if_nobody_heard_it_begin(talk, line, legs, work, recorder):
    say(talk, True)
    work()

    recorder.take(RecordingPaused(talk.channel_id, is_on=False))

    pause(talk, True)
    work(later=True)
    assert line.wishes[-1] == ("pause_recording", legs, True)
    assert moments() == [MomentKind.STARTED]


def test_pause_and_resume_each_leave_a_moment(talk, line, legs, work, recorder):
    say(talk, True)
    work()
    recorder.take(RecordingStarted(talk.channel_id))

    for is_wanted in (True, False):
        pause(talk, is_wanted)
        work()
        assert line.wishes[-1] == ("pause_recording", legs, is_wanted)
        recorder.take(RecordingPaused(talk.channel_id, is_wanted))
        assert read().is_paused is is_wanted

    assert moments() == [MomentKind.STARTED, MomentKind.PAUSED, MomentKind.RESUMED]


def test_a_member_who_withdraws_is_recorded_no_more(talk, line, legs, work, recorder):
    say(talk, True)
    work()
    recorder.take(RecordingStarted(talk.channel_id))

    say(talk, False)
    work()
    assert line.wishes[-1] == ("stop_recording", legs)
    recorder.take(RecordingStopped(talk.channel_id))
    work(later=True)

    assert line.wishes.count(("stop_recording", legs)) == 1
    assert read().state is RecordingState.WITHDRAWN
    assert moments()[-1] is MomentKind.STOPPED


def test_a_recording_that_begins_after_the_member_withdrew_is_stopped(talk, line, legs, work, recorder):
    say(talk, True)
    work()
    say(talk, False)
    work()

    recorder.take(RecordingStarted(talk.channel_id))
    work()

    assert line.wishes[-1] == ("stop_recording", legs)


def test_a_broken_connection_is_tried_again_and_what_is_no_call_of_ours_is_left_alone(talk, line, work, recorder):
    say(talk, True)
    line.is_connected = False
    work()
    line.is_connected = True
    work()
    recorder.take(RecordingStarted("somebody-else"))

    assert len(line.wishes) == 1
    assert moments() == []
