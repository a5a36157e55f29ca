from __future__ import annotations

import pytest
import redis

from config.live import quick_redis
from config.processes import heartbeats


def down(client) -> list[str]:
    return client.get("/readyz").get_json()["down"]


def test_is_alive_whatever_is_down(client):
    assert client.get("/healthz").status_code == 200


def test_names_the_processes_that_are_not_there(client):
    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.get_json() == {"ready": False, "down": ["worker", "clock", "pbx"]}


@pytest.mark.parametrize("process", ["clock", "pbx"])
def test_a_process_that_beats_is_there(app, client, process):
    heartbeats.beat(quick_redis(), process)

    assert process not in down(client)


def test_names_redis_when_it_does_not_answer(app, client):
    there = app.extensions["hamseda_redis"]
    app.extensions["hamseda_redis"] = redis.Redis(unix_socket_path="/nonexistent/redis.sock", retry=None)
    try:
        assert set(down(client)) == {"redis", "worker", "clock", "pbx"}
    finally:
        app.extensions["hamseda_redis"] = there


def test_metrics_count_requests_and_say_what_is_up(client):
    client.get("/healthz")

    text = client.get("/metrics").get_data(as_text=True)

    assert 'hamseda_requests_total{endpoint="health.healthz",method="GET",status="200"}' in text
    assert 'hamseda_up{part="database"} 1.0' in text
    assert 'hamseda_up{part="pbx"} 0.0' in text
    assert 'hamseda_jobs_waiting{queue="default"} 0.0' in text
