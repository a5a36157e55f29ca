"""What machines ask: is it alive, is it ready, how is it doing. Open to everybody who reaches the web process."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import redis
from flask import Blueprint
from flask import Response
from flask import current_app
from flask import g
from flask import jsonify
from flask import request
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client import CollectorRegistry
from prometheus_client import Counter
from prometheus_client import Gauge
from prometheus_client import Histogram
from prometheus_client import disable_created_metrics
from prometheus_client import generate_latest

from config import checks
from config.accounts.access import public
from config.jobs.queueing import QUEUES
from config.jobs.queueing import queue_named
from config.processes.tallies import TallyCollector

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

bp = Blueprint("health", __name__)
disable_created_metrics()  # type: ignore[no-untyped-call]  # prometheus-client has types in part
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Meters:
    """The measures of one web process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("endpoint", "method")
        self.requests = Counter(
            "hamseda_requests_total", "Requests answered.", (*labels, "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "hamseda_request_seconds",
            "Time to the first byte of an answer.",
            labels,
            registry=self.registry,
            buckets=BUCKETS,
        )
        self.jobs = Gauge("hamseda_jobs_waiting", "Jobs that wait for a worker.", ("queue",), registry=self.registry)
        self.up = Gauge("hamseda_up", "Whether a part of the house is well.", ("part",), registry=self.registry)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The web process answers; nothing else is looked at."""
    return jsonify(alive=True)


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Whether everything a call needs is there; 503 with the names of what is down."""
    down = [finding.part for finding in checks.look() if not finding.is_well]
    return jsonify(ready=not down, down=down), 503 if down else 200


@bp.get("/metrics")
@public
def metrics() -> ResponseReturnValue:
    """The measures of this web process, for Prometheus."""
    meters: Meters = current_app.extensions["hamseda_meters"]
    for finding in checks.look():
        meters.up.labels(finding.part).set(finding.is_well)
    for name in QUEUES:
        _measure_queue(meters, name)
    return Response(generate_latest(meters.registry), content_type=CONTENT_TYPE_LATEST)


def _measure_queue(meters: Meters, name: str) -> None:
    try:
        meters.jobs.labels(name).set(queue_named(name).count)
    except redis.RedisError:
        # An old figure would look like a true one.
        meters.jobs.remove(name)


def _begin() -> None:
    g.began = perf_counter()


def _measure(response: Response) -> Response:
    meters: Meters = current_app.extensions["hamseda_meters"]
    endpoint = request.endpoint or "none"
    meters.requests.labels(endpoint, request.method, str(response.status_code)).inc()
    if "began" in g:
        meters.seconds.labels(endpoint, request.method).observe(perf_counter() - g.began)
    return response


def init_app(app: Flask) -> None:
    """Measure every request of this process."""
    meters = app.extensions["hamseda_meters"] = Meters()
    meters.registry.register(TallyCollector(app))
    app.before_request(_begin)
    app.after_request(_measure)
