from __future__ import annotations

import pytest

from config.accounts.models import Role
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


def test_an_operator_does_not_hear_the_work_of_the_club(factories, client, sign_in):
    club = factories.club()
    run_id = runs.start(club.id, user_id=None, kind="import", title="x", parameters={})
    sign_in(client, factories.user(Role.OPERATOR, [club]))

    assert client.head(f"/events?topics=job:{run_id}", buffered=True).status_code == 403
