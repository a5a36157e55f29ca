"""Operators in sixteen processes, a larger crowd in threads of these: all begin at once, claim and close until nothing
is left to claim.

Prints, as JSON, the entries that each of them had.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

from flask import Flask
from flask import current_app
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

import wsgi
from callcenter.queue import claim
from callcenter.queue import closing
from config import database
from config.database import db
from config.database import utcnow

# Forked before the first engine exists, so that each has connections of its own and the imports are paid once.
CONTEXT = multiprocessing.get_context("fork")
PROCESSES = 16


def main(url: str, operator_ids: list[int], campaign_ids: list[int], outcome: str) -> None:
    for name in wsgi.MODELS:
        import_module(name)
    make_url(url).get_dialect().import_dbapi()
    start = CONTEXT.Barrier(len(operator_ids))
    groups = [operator_ids[first::PROCESSES] for first in range(min(PROCESSES, len(operator_ids)))]
    with CONTEXT.Pool(len(groups), initializer=open_database, initargs=(url, start)) as pool:
        tasks = [(group, campaign_ids, outcome) for group in groups]
        had = pool.starmap(work_together, tasks, chunksize=1)
    sys.stdout.write(json.dumps([one for group in had for one in group]))


def open_database(url: str, start) -> None:
    app = Flask(__name__)
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    db.init_app(app)
    app.extensions["start"] = start
    app.app_context().push()
    database.prepare_engine(db.engine)


def work_together(operator_ids: list[int], campaign_ids: list[int], outcome: str) -> list[list[int]]:
    app = current_app._get_current_object()

    def work_alone(operator_id: int) -> list[int]:
        with app.app_context():
            db.session.connection()
            db.session.rollback()
            app.extensions["start"].wait()
            return work(operator_id, campaign_ids, outcome)

    with ThreadPoolExecutor(len(operator_ids)) as threads:
        return list(threads.map(work_alone, operator_ids))


def work(operator_id: int, campaign_ids: list[int], outcome: str) -> list[int]:
    had: list[int] = []
    while True:
        entry_id = settled(lambda: claim.claim_next(operator_id, campaign_ids=campaign_ids, now=utcnow()))
        if entry_id is None:
            return had
        had.append(entry_id)
        settled(
            lambda entry_id=entry_id: closing.record_outcome(
                entry_id, operator_id=operator_id, outcome=outcome, is_attempt=True, retry_at=None, now=utcnow()
            )
        )


def settled(act):
    """What an act gives, committed. SQLite's one writer is given to anybody who asks: whoever never had a turn in its
    time tries again, as a page does after a 503.
    """
    while True:
        try:
            given = act()
            db.session.commit()
        except OperationalError as error:
            db.session.rollback()
            if "database is locked" not in str(error):
                raise
        else:
            return given


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4])
