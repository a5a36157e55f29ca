"""Counts of the processes that nobody talks to, kept in Redis, so that the web process can tell them to Prometheus."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from collections.abc import Mapping

import redis
from flask import Flask
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from config.live import quick_redis

log = logging.getLogger(__name__)

KEY = "hamseda:tally:"
# What is told, with its label and its meaning.
TOLD = {
    "line_checks": ("result", "Comparisons of the calls on the line with the channels of the exchange."),
    "line_mended": ("kind", "Differences between calls and channels that a comparison found and mended."),
}


def add(client: redis.Redis, name: str, counts: Mapping[str, int]) -> None:
    """Add to the tallies of that name, by their label; a count of 0 makes one appear. A dead Redis forgets them."""
    try:
        with client.pipeline(transaction=False) as pipe:
            for label, count in counts.items():
                pipe.hincrby(KEY + name, label, count)
            pipe.execute()
    except redis.RedisError as error:
        log.warning("the tallies %s were not kept: %s", name, error)


def read(client: redis.Redis, name: str) -> dict[str, int]:
    """The tallies of that name, by their label. Raises redis.RedisError when Redis does not answer."""
    found: dict[bytes, bytes] = client.hgetall(KEY + name)  # type: ignore[assignment]  # redis-py types both worlds
    return {label.decode(): int(count) for label, count in sorted(found.items())}


class TallyCollector(Collector):
    """Tells the tallies to Prometheus; none while Redis is away, because an old figure would look like a true one."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> Iterator[CounterMetricFamily]:
        """Each tally as a counter with one label."""
        for name, (label, meaning) in TOLD.items():
            family = CounterMetricFamily(f"hamseda_{name}", meaning, labels=[label])
            try:
                counts = read(quick_redis(self._app), name)
            except redis.RedisError:
                return
            for value, count in counts.items():
                family.add_metric([value], count)
            yield family
