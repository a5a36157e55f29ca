import json

import pytest

from callcenter.reports.freshness import on_response_completed
from config.database import db
from config.database import utcnow
from config.live import CHANNEL_PREFIX


@pytest.fixture
def heard(app):
    """What the screens of club 7 and club 8 are told."""
    subscription = app.extensions["hamseda_redis"].pubsub(ignore_subscribe_messages=True)
    subscription.subscribe(f"{CHANNEL_PREFIX}results:7", f"{CHANNEL_PREFIX}results:8")
    # The two confirmations of the subscription.
    subscription.get_message()
    subscription.get_message()
    return subscription


def complete():
    on_response_completed(response_id=1, club_id=7, member_id=2, completed_at=utcnow())


def test_the_club_s_pages_are_told_after_the_commit(heard):
    complete()
    assert heard.get_message() is None

    db.session.connection()
    db.session.commit()

    message = heard.get_message()
    assert message["channel"].decode() == f"{CHANNEL_PREFIX}results:7"
    assert list(json.loads(message["data"])) == ["completed_at"]
    assert heard.get_message() is None


def test_an_interview_that_was_rolled_back_is_not_told(heard):
    complete()

    db.session.connection()
    db.session.rollback()

    db.session.connection()
    db.session.commit()
    assert heard.get_message() is None
