from __future__ import annotations

import pytest

from config import live
from config.accounts.models import Role
from config.database import db
from config.jobs import runs
from config.live import Hub

NO_REDIS = "unix:///nonexistent/redis.sock"


def test_no_more_streams_are_opened_than_leave_threads_for_pages():
    hub = Hub(NO_REDIS, limit=2)
    first, second, third = (hub.open(frozenset()) for _ in range(3))

    assert first is not None
    assert second is not None
    assert third is None

    hub.close(first)
    assert hub.open(frozenset()) is not None


@pytest.fixture
def events_url(factories, client, sign_in):
    person = factories.user(Role.OPERATOR, [factories.club()])
    sign_in(client, person)
    return f"/events?topics=operator:{person.id}"


def test_a_stream_too_many_is_refused_so_that_the_screen_polls(app, client, monkeypatch, events_url):
    monkeypatch.setitem(app.extensions, "hamseda_hub", Hub(NO_REDIS, limit=0))

    assert client.get(events_url).status_code == 503


def test_a_stream_that_ended_gives_its_place_back(app, client, monkeypatch, events_url):
    monkeypatch.setitem(app.extensions, "hamseda_hub", Hub(NO_REDIS, limit=1))

    # HEAD ends as soon as it has begun, even before the first line of the stream.
    assert [client.head(events_url, buffered=True).status_code for _ in range(3)] == [200, 200, 200]


class Wire:
    """A Redis of which only the round trips are known."""

    def __init__(self):
        self.round_trips = []
        self._waiting = []

    def pipeline(self, *, transaction):
        return self

    def publish(self, channel, text):
        self._waiting.append((channel.rpartition("hamseda:")[2], text))

    def execute(self):
        self.round_trips.append(self._waiting)
        self._waiting = []


def test_all_news_of_a_transaction_leave_in_one_round_trip_after_it(app, monkeypatch):
    wire = Wire()
    monkeypatch.setitem(app.extensions, "hamseda_redis", wire)

    live.publish_after_commit("operator:1", {"state": "ready"})
    live.publish_after_commit("floor:2", {"state": "ready"})
    live.wake_after_commit("pbx")
    assert not wire.round_trips
    db.session.commit()
    db.session.commit()

    news = '{"state": "ready"}'
    assert wire.round_trips == [[("live:operator:1", news), ("live:floor:2", news), ("wake:pbx", "1")]]


def test_what_is_rolled_back_is_told_to_nobody(app, monkeypatch):
    wire = Wire()
    monkeypatch.setitem(app.extensions, "hamseda_redis", wire)

    db.session.execute(db.text("SELECT 1"))
    live.publish_after_commit("operator:1", {})
    db.session.rollback()
    db.session.commit()

    assert not wire.round_trips


def test_an_operator_does_not_hear_the_work_of_the_club(factories, client, sign_in):
    club = factories.club()
    run_id = runs.start(club.id, user_id=None, kind="import", title="x", parameters={})
    sign_in(client, factories.user(Role.OPERATOR, [club]))

    assert client.head(f"/events?topics=job:{run_id}", buffered=True).status_code == 403


def test_a_topic_with_a_number_that_is_no_id_is_nobody_s(factories, client, sign_in):
    sign_in(client, factories.operator([factories.club()]))

    for number in ("9" * 5000, "٣", "²", "-1", ""):
        assert client.head(f"/events?topics=operator:{number}", buffered=True).status_code == 403
