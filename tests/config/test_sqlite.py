"""SQLite's one writer: everybody gets their turn, readers wait for nobody, and a turn is given back."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from config import database
from config import sqlite
from config.database import reading

BOUND_SECONDS = 60
WRITERS, TIMES = 24, 5
ADD = text("UPDATE sums SET total = total + 1")


@pytest.fixture
def make_engine(tmp_path):
    engines = []

    def make():
        url = f"sqlite:///{tmp_path}/house.db"
        engines.append(create_engine(url, **database.engine_options(url)))
        database.prepare_engine(engines[-1])
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.fixture
def engine(make_engine):
    engine = make_engine()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE sums (total INTEGER)"))
        connection.execute(text("INSERT INTO sums VALUES (0)"))
    return engine


def total(engine):
    with reading(), engine.connect() as connection:
        return connection.scalar(text("SELECT total FROM sums"))


def add(engine):
    for _ in range(TIMES):
        with engine.begin() as connection:
            connection.execute(ADD)


def test_all_who_want_to_write_do_though_another_process_writes_as_well(engine, make_engine):
    # An engine of its own has a line of its own, as another process has.
    engines = [engine, make_engine()]

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(add, engines[number % 2]) for number in range(WRITERS)]
        for one in writing:
            one.result(BOUND_SECONDS)

    assert total(engine) == WRITERS * TIMES


def test_who_reads_waits_for_nobody(engine):
    with engine.begin() as connection:
        connection.execute(ADD)

        assert total(engine) == 0


def test_a_turn_is_given_back_by_whoever_failed_in_it(engine):
    with pytest.raises(OperationalError), engine.begin() as connection:
        connection.execute(text("UPDATE nothing SET total = 1"))

    add(engine)

    assert total(engine) == TIMES


def test_who_waits_too_long_is_refused_and_the_next_is_not(engine, make_engine, monkeypatch):
    other = make_engine()
    with other.begin() as connection:
        connection.execute(ADD)
        monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0)
        refused = []
        for one in (engine, other):
            thread = threading.Thread(target=lambda one=one: refused.append(is_refused(one)))
            thread.start()
            thread.join(BOUND_SECONDS)
        assert refused == [True, True]

    assert total(engine) == 1
    add(engine)


def is_refused(engine):
    try:
        add(engine)
    except OperationalError as error:
        return "locked" in str(error)
    return False
