from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text

from config.settings import PREFIX
from tests.support import redis_server
from tests.support.require import require

# It takes the whole machine: about a minute on two quiet cores.
pytestmark = [pytest.mark.alone, pytest.mark.story]

OPERATORS = 50
# Of a house that hangs; how quick the machine is decides nothing.
BOUND_SECONDS = 900


@pytest.fixture
def simulate(tmp_path):
    require("Redis server", redis_server.is_available(), "install redis-server or valkey-server")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from wsgi import main; main()", "simulate", *options],
            env=environ | {"HAMSEDA_HOME": str(tmp_path / "home")},
            capture_output=True,
            text=True,
            timeout=BOUND_SECONDS,
            check=False,
        )

    return run


@pytest.fixture
def empty_database(postgresql_url):
    engine = create_engine(postgresql_url.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS simulation"))
        connection.execute(text("CREATE DATABASE simulation"))
        yield postgresql_url.replace("/postgres?", "/simulation?")
        connection.execute(text("DROP DATABASE simulation WITH (FORCE)"))
    engine.dispose()


def test_fifty_operators_call_somebody_each_without_an_error(simulate, empty_database, tmp_path):
    report = tmp_path / "report.json"

    done = simulate(
        "--operators", str(OPERATORS), "--calls", "1", "--speed", "10", "--web-processes", "2",
        "--database-url", empty_database, "--report", str(report),
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    assert told["errors"] == {}, done.stdout
    assert (told["open_calls"], told["owed_outcomes"]) == (0, 0), done.stdout
    assert told["calls"] >= OPERATORS
    assert 0 < told["completes"] <= told["contacts"] <= told["calls"]
    assert told["latencies"]["answer"]["p50"] <= told["latencies"]["answer"]["p99"]
    assert f"{OPERATORS} operators" in done.stdout
    assert f"completes {told['completes']}" in done.stdout


def test_the_embedded_house_simulates_too_and_leaves_nothing_behind(simulate, tmp_path):
    done = simulate("--operators", "3", "--hours", "0.02", "--speed", "10")

    assert done.returncode == 0, done.stderr
    assert "no errors" in done.stdout
    assert not list((tmp_path / "home").glob("*.db*"))
