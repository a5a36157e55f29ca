from __future__ import annotations

import redis

from config.live import quick_redis
from config.processes import tallies


def metrics(client) -> str:
    return client.get("/metrics").get_data(as_text=True)


def test_what_was_counted_is_told_to_prometheus(app, client):
    before = metrics(client)
    tallies.add(quick_redis(), "line_mended", {"gone": 2, "behind": 0})
    tallies.add(quick_redis(), "line_mended", {"gone": 1, "behind": 0})

    text = metrics(client)

    assert 'hamseda_line_mended_total{kind="gone"}' not in before
    assert 'hamseda_line_mended_total{kind="gone"} 3.0' in text
    assert 'hamseda_line_mended_total{kind="behind"} 0.0' in text


def test_without_redis_nothing_is_told_and_nothing_breaks(app, client):
    there = app.extensions["hamseda_redis"]
    tallies.add(there, "line_checks", {"done": 1})
    app.extensions["hamseda_redis"] = away = redis.Redis(unix_socket_path="/nonexistent/redis.sock", retry=None)
    try:
        tallies.add(away, "line_checks", {"done": 1})
        assert "hamseda_line_checks" not in metrics(client)
    finally:
        app.extensions["hamseda_redis"] = there
