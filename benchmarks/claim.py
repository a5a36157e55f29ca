"""Claiming the next entry of a large queue: 200 operators over the web's connections, beside the bare statement.

Needs PostgreSQL and its pgbench.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from benchmarks import crowd
from benchmarks import servers
from benchmarks.claimers import CLOSE
from benchmarks.harness import Result
from benchmarks.harness import percentile
from callcenter.permission import asking
from callcenter.permission import census
from callcenter.permission import gate
from callcenter.queue import claim
from callcenter.queue import queries
from config import statements
from config.database import db
from config.database import utcnow

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.crowd import Crowd
    from benchmarks.servers import House

ENTRIES = {"small": 50_000, "full": 1_000_000}
SECONDS = {"small": 6.0, "full": 20.0}
OPERATORS = 200
PROCESSES = 2
CONNECTIONS = 16
PACE = 200.0
# pgbench prepares its statements anew in each run.
BARE_LEAD_SECONDS = 3
P99_MS = 25.0
LEAST_RATIO = 0.5
COUNT_MS = 300.0


def measure(size: str) -> Result:
    """Paced, at once, the bare statement, and the counts that screens show of such a queue."""
    with servers.house() as house:
        if house.database != "postgresql":
            raise SystemExit("the benchmark of the claim needs PostgreSQL")
        made = crowd.make(house.app, operators=OPERATORS, members=ENTRIES[size], is_queued=True)
        counts = _counts(house, made)
        paced, _ = _claim(house, made, SECONDS[size], PACE)
        taken, per_second = _claim(house, made, SECONDS[size], 0)
        bare, bare_p99 = _bare(house, made, SECONDS[size])
    measured = {
        "paced_p50_ms": percentile(paced, 0.5),
        "paced_p99_ms": percentile(paced, 0.99),
        "paced_per_second": len(paced) / SECONDS[size],
        "at_once_per_second": per_second,
        "at_once_p99_ms": percentile(taken, 0.99),
        "bare_per_second": bare,
        "bare_paced_p99_ms": bare_p99,
        **counts,
    }
    ratio = per_second / bare
    slowest = max(counts.values())
    return Result(
        name="claim",
        measured=measured,
        budget={"paced_p99_ms": P99_MS, "ratio": LEAST_RATIO, "counts_ms": COUNT_MS},
        ratio=ratio,
        ok=measured["paced_p99_ms"] < P99_MS and ratio >= LEAST_RATIO and slowest < COUNT_MS,
    )


def _claim(house: House, made: Crowd, seconds: float, rate: float) -> tuple[list[float], float]:
    """The milliseconds of every claim, and how many there were in a second, of all processes."""
    groups = [made.operator_ids[first::PROCESSES] for first in range(PROCESSES)]
    command = [sys.executable, "-m", "benchmarks.claimers", _url(house), str(made.campaign_id)]
    load = [str(CONNECTIONS // PROCESSES), str(seconds), str(rate / PROCESSES)]
    started = [
        subprocess.Popen([*command, json.dumps(group), *load], stdout=subprocess.PIPE, text=True) for group in groups
    ]
    told = [json.loads(one.communicate()[0]) for one in started]
    return [time for one in told for time in one["milliseconds"]], sum(one["per_second"] for one in told)


def _counts(house: House, made: Crowd) -> dict[str, float]:
    """How long the counts take that screens show, in milliseconds."""
    operator_id, campaigns, now = made.operator_ids[0], [made.campaign_id], utcnow()
    asked: dict[str, Callable[[], object]] = {
        "waiting_ms": lambda: queries.waiting(campaigns, now=now),
        "census_ms": lambda: census.count(campaigns, now=now),
        "emptiness_ms": lambda: census.emptiness(campaigns, operator_id=operator_id, now=now),
        "why_ms": lambda: asking.why(made.club_id, crowd.first_member(made.club_id), made.campaign_id, now=now),
    }
    with house.app.app_context():
        taken = {name: min(_milliseconds(ask) for _ in range(3)) for name, ask in asked.items()}
        db.session.remove()
    return taken


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _bare(house: House, made: Crowd, seconds: float) -> tuple[float, float]:
    """How many times a second pgbench says what a claim says to the database, and what ends it; and the p99 in
    milliseconds when it says so at PACE: what of ours is the machine's.
    """
    with house.app.app_context():
        ready = statements.ready(claim.at_once(1, can_return_more=True), db.engine.dialect)
    values = {
        **{name: f"'{value}'" for name, value in ready.own.items()},
        **{name: f"'{moment}'" for name, moment in gate.since(utcnow()).items()},
        "campaign_0": str(made.campaign_id),
        "operator": ":operator",
        "at": "now()",
        "until": "(now() + interval '15 minutes')",
        "skipped_since": "(now() - interval '30 minutes')",
    }
    script = [
        f"\\set operator {made.operator_ids[0]} + :client_id",
        "BEGIN;",
        "SAVEPOINT plain;",
        re.sub(r"\s+", " ", ready.words) % values + ";",
        "COMMIT;",
        CLOSE.format(operator=":operator") + ";",
    ]
    url = make_url(_url(house))
    with tempfile.TemporaryDirectory(dir=house.environment["HAMSEDA_HOME"]) as folder:
        file = Path(folder, "claim.sql")
        file.write_text("\n".join(script))
        command = [
            "pgbench", "--no-vacuum", f"--client={CONNECTIONS}", f"--jobs={PROCESSES}", "--protocol=prepared",
            f"--file={file}", f"--host={url.query['host']}", f"--username={url.username}", str(url.database),
        ]  # fmt: skip
        found = re.search(r"tps = ([0-9.]+)", _pgbench(command, folder, f"--time={seconds:.0f}"))
        paced = ("--log", f"--rate={PACE:.0f}", f"--time={seconds + BARE_LEAD_SECONDS:.0f}")
        _pgbench(command, folder, *paced)
        # Of each line of the log: client, number, microseconds, script, second.
        lines = [line.split() for log in Path(folder).glob("pgbench_log.*") for line in log.read_text().splitlines()]
    began = min(int(line[4]) for line in lines)
    late = [int(line[2]) / 1000 for line in lines if int(line[4]) >= began + BARE_LEAD_SECONDS]
    return float(found.group(1)) if found else 0.0, percentile(late, 0.99)


def _pgbench(command: list[str], folder: str, *options: str) -> str:
    done = subprocess.run(
        [*command[:1], *options, *command[1:]], capture_output=True, text=True, check=False, cwd=folder
    )
    if "tps = " not in done.stdout:
        raise RuntimeError(f"pgbench said: {done.stdout} {done.stderr}")
    return done.stdout


def _url(house: House) -> str:
    return str(house.app.config["SQLALCHEMY_DATABASE_URI"])
