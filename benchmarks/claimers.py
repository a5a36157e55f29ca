"""Operators who claim in one web process: threads with connections of the web's pool. Prints what it took, as JSON.

`python -m benchmarks.claimers URL CAMPAIGN OPERATORS CONNECTIONS SECONDS PER_SECOND`; PER_SECOND 0: as fast as it goes.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import closing
from importlib import import_module

from flask import Flask

import wsgi
from callcenter.queue import claim
from config import aftercommit
from config import database
from config.database import db
from config.database import utcnow

# What ends a claim, so that the operator may make another; the bare limit does the same. It is not what is measured,
# so the driver does it.
CLOSE = (
    "UPDATE queue_entries SET state = 'closed', lease_until = NULL, closed_at = now(), outcome = '2.11' "
    "WHERE operator_id = {operator} AND state = 'leased'"
)
# After so many runs on a connection a statement is prepared and its plan kept: so it is in a house that has been
# running for a minute.
WARM = 14
WARM_SECONDS = 120


def main(url: str, campaign_id: int, operator_ids: list[int], connections: int, seconds: float, rate: float) -> None:
    """Claim, and print the milliseconds of each claim with its commit, and how many there were in a second."""
    app = Flask(__name__)
    for name in wsgi.MODELS:
        import_module(name)
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    db.init_app(app)
    aftercommit.init_app()
    times: list[list[float]] = [[] for _ in range(connections)]
    with app.app_context():
        database.prepare_engine(db.engine)
    began = 0.0

    def begin() -> None:
        nonlocal began
        began = time.perf_counter()

    warm = threading.Barrier(connections, begin, timeout=WARM_SECONDS)

    def work(number: int) -> None:
        own = operator_ids[number::connections]
        with app.app_context():
            _warm(own[0], campaign_id)
            warm.wait()
            for turn in range(sys.maxsize):
                due = began + (turn * connections + number) / rate if rate else max(began, time.perf_counter())
                if due > began + seconds:
                    return
                time.sleep(max(0.0, due - time.perf_counter()))
                _claim(own[turn % len(own)], campaign_id)
                times[number].append((time.perf_counter() - due) * 1000)
                _close(own[turn % len(own)])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [one for own in times for one in own]
    sys.stdout.write(json.dumps({"milliseconds": taken, "per_second": len(taken) / (time.perf_counter() - began)}))


def _warm(operator_id: int, campaign_id: int) -> None:
    for _ in range(WARM):
        _claim(operator_id, campaign_id)
        _close(operator_id)


def _claim(operator_id: int, campaign_id: int) -> None:
    if claim.claim_next(operator_id, campaign_ids=[campaign_id], now=utcnow()) is None:
        raise RuntimeError("the queue is empty: the benchmark's own fault")
    db.session.commit()
    db.session.remove()


def _close(operator_id: int) -> None:
    with closing(db.engine.raw_connection()) as connection:
        connection.cursor().execute(CLOSE.format(operator="%s"), (operator_id,))
        connection.commit()


if __name__ == "__main__":
    main(
        sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]), float(sys.argv[6])
    )
