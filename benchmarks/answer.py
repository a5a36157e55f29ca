"""Saving an answer, the whole request: paced at 100 a second, and 20 at once, beside a bare Flask INSERT view."""

from __future__ import annotations

import sys
from urllib.parse import urlencode

from benchmarks import load
from benchmarks import servers
from benchmarks.harness import Result
from benchmarks.harness import percentile
from benchmarks.shift_of_operators import AtWork
from benchmarks.shift_of_operators import start

AT_ONCE = 20
PACE = 100.0
P95_MS = 50.0
LEAST_RATIO = 0.5
SECONDS = {"small": 5.0, "full": 20.0}


def measure(size: str) -> Result:
    """Both loads on the house, then 20 at once on the bare view."""
    seconds = SECONDS[size]
    with servers.house() as house:
        operators = start(house.app, AT_ONCE)
        with servers.web(house) as port:
            _warm(port, operators)
            paced = load.run(port, clients=AT_ONCE, seconds=seconds, request=_answers(operators), per_second=PACE)
            at_once = load.run(port, clients=AT_ONCE, seconds=seconds, request=_answers(operators), per_second=None)
        with servers.web(house, sys.executable, "-m", "benchmarks.bare") as port:
            load.run(port, clients=AT_ONCE, seconds=1, request=_bare, per_second=None)
            bare = load.run(port, clients=AT_ONCE, seconds=seconds, request=_bare, per_second=None)
    for error in (paced.errors + at_once.errors + bare.errors)[:3]:
        print(f"refused: {error}")
    ratio = at_once.per_second / bare.per_second
    p95 = percentile(paced.milliseconds, 0.95)
    errors = len(paced.errors) + len(at_once.errors) + len(bare.errors)
    print(f"on {house.database}: {at_once.per_second:.0f} answers/s, bare {bare.per_second:.0f}/s")
    return Result(
        name="answer",
        measured={
            "paced_p95_ms": p95,
            "paced_per_second": paced.per_second,
            "at_once_per_second": at_once.per_second,
            "at_once_p95_ms": percentile(at_once.milliseconds, 0.95),
            "bare_per_second": bare.per_second,
            "errors": errors,
        },
        budget={"paced_p95_ms": P95_MS, "ratio": LEAST_RATIO, "errors": 0},
        ratio=ratio,
        ok=p95 < P95_MS and ratio >= LEAST_RATIO and not errors,
    )


def _warm(port: int, operators: list[AtWork]) -> None:
    load.run(port, clients=len(operators), seconds=1, request=_answers(operators), per_second=None)


def _answers(operators: list[AtWork]):  # noqa: ANN202  # a maker of requests, as load.run takes it
    def request(client: int, number: int) -> load.Request:
        operator = operators[client]
        form = {
            "csrf_token": operator.csrf_token,
            "response_id": operator.response_id,
            "question": "price_paid",
            "value": 4 + number % 2,
        }
        headers = {
            "Cookie": operator.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        return load.Request("/desk/answer", urlencode(form), headers)

    return request


def _bare(_client: int, _number: int) -> load.Request:
    return load.Request("/answer", "value=4", {"Content-Type": "application/x-www-form-urlencoded"})
