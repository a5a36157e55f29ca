"""A shift of simulated operators at people's own pace: what every kind of action takes at the desk."""

from __future__ import annotations

from benchmarks.harness import Result
from benchmarks.servers import PROCESSES
from callcenter.simulation import report
from callcenter.simulation.running import Plan
from callcenter.simulation.running import simulate
from config.settings import Settings
from tests.support import postgresql
from wsgi import create_app

OPERATORS = {"small": 100, "full": 1000}
# Three minutes of people for the small one, ten for the full one.
HOURS = {"small": 0.03, "full": 0.17}
SPEED = {"small": 4.0, "full": 1.0}
P95_MS = 250.0


def measure(size: str) -> Result:
    """Simulate it on a PostgreSQL of its own; the small one has quicker people, to end within a minute."""
    with postgresql.cluster() as url:
        plan = Plan(
            operators=OPERATORS[size], hours=HOURS[size], seed=1, speed=SPEED[size], web_processes=PROCESSES,
            database_url=url,
        )  # fmt: skip
        told = simulate(plan, _load)
    print("\n".join(report.lines(told)))
    slowest = max(one.p95 for one in told.latencies.values())
    errors = sum(told.errors.values())
    return Result(
        name="shift",
        measured={
            "p95_ms": slowest,
            "errors": errors,
            "calls": told.calls,
            "completes": told.completes,
            "left_over": told.open_calls + told.owed_outcomes,
            **{f"{name}_p95_ms": one.p95 for name, one in told.latencies.items()},
        },
        budget={"p95_ms": P95_MS, "errors": 0},
        ratio=slowest / P95_MS,
        ok=slowest < P95_MS and not errors,
    )


def _load(settings: Settings):  # noqa: ANN202  # the application's maker, as the command has it
    return create_app(settings)
