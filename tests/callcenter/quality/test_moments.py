"""To which recording the moment of a comment belongs."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from callcenter.quality.models import Review
from callcenter.quality.scoring import Item
from callcenter.queue.models import QueueEntry
from callcenter.recordings.models import Recording
from callcenter.recordings.models import RecordingState
from config.database import db
from config.database import utcnow
from surveys.interviews.models import Response

MARKS = dict.fromkeys(map(str, Item), "fine")


@pytest.fixture
def another_recording(factories, operator, recording):
    """A recording of a second talk in the same interview, of so many seconds."""

    def act(seconds, **fields):
        entry_id = db.session.get_one(Response, recording[0]).entry_id
        call = factories.call(db.session.get_one(QueueEntry, entry_id), operator, connected_at=utcnow())
        values = {"state": RecordingState.KEPT, "seconds": seconds, **fields}
        db.session.add(Recording(club_id=call.club_id, call_id=call.id, name="r2", asked_at=utcnow(), **values))
        db.session.commit()

    return act


def comment_at(client, response_id, moment, recording_id=""):
    """Submit a review with a comment at a moment, typed by hand unless a recording is named; gives its page."""
    typed = {"comment_recording": str(recording_id), "comment_moment": moment, "comment_text": "hm"}
    return client.get(client.post(f"/reviews/interviews/{response_id}", data={**MARKS, **typed}).location).text


@pytest.mark.parametrize("other", [{"seconds": 60.0}, {"seconds": 600.0, "state": RecordingState.DELETED}])
def test_a_typed_moment_is_heard_in_the_only_recording_that_has_it(
    client, supervisor, recording, another_recording, other
):
    response_id, recording_id = recording
    another_recording(**other)

    shown = comment_at(client, response_id, "1:23")

    assert f'data-seek="83" data-of="{recording_id}"' in shown
    assert "Not to be heard" not in shown


@pytest.mark.parametrize("moment", ["0:10", "9:59"])
def test_a_typed_moment_that_none_or_several_recordings_have_says_that_it_is_not_heard(
    client, supervisor, recording, another_recording, moment
):
    another_recording(60.0)

    shown = comment_at(client, recording[0], moment)

    assert "data-seek" not in shown
    assert "Not to be heard: no recording, or more than one, has this moment." in shown


def test_a_moment_whose_recording_was_thrown_away_says_so(client, supervisor, recording):
    response_id, recording_id = recording
    comment_at(client, response_id, "1:23")
    review_id = db.session.scalars(select(Review.id)).one()
    db.session.get_one(Recording, recording_id).state = RecordingState.DELETED
    db.session.commit()

    shown = client.get(f"/reviews/{review_id}").text

    assert "data-seek" not in shown
    assert "Its recording is no longer kept." in shown


def test_a_moment_past_the_end_of_the_recording_it_was_written_at_is_of_the_one_that_has_it(
    client, supervisor, recording, another_recording
):
    response_id, recording_id = recording
    another_recording(600.0)
    longer = db.session.scalars(select(Recording.id).where(Recording.id != recording_id)).one()

    assert f'data-seek="300" data-of="{longer}"' in comment_at(client, response_id, "5:00", recording_id)


def test_of_two_recordings_the_named_one_stays(client, supervisor, recording, another_recording):
    response_id, recording_id = recording
    another_recording(600.0)

    assert f'data-seek="83" data-of="{recording_id}"' in comment_at(client, response_id, "1:23", recording_id)
