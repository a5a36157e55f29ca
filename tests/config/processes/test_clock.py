from __future__ import annotations

import threading
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from config.database import begin_writing
from config.database import db
from config.processes import clock
from config.processes.models import PeriodicRun

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
done: list[str] = []


def count_one() -> None:
    done.append("one")


def fail() -> None:
    raise RuntimeError("broken work")


@pytest.fixture(autouse=True)
def _fresh():
    done.clear()


def test_a_new_work_is_due_at_once_and_then_after_its_period(app):
    taken = [clock.take("a:b", every_seconds=60, now=NOW + timedelta(seconds=s)) for s in (0, 1, 59, 60, 61)]

    assert taken == [True, False, False, True, False]


def test_works_have_their_own_times(app):
    clock.take("a:b", every_seconds=60, now=NOW)

    assert clock.take("a:c", every_seconds=60, now=NOW + timedelta(seconds=1))


def test_a_clock_that_slept_does_the_work_once(app):
    clock.take("a:b", every_seconds=60, now=NOW)
    late = NOW + timedelta(hours=1)

    assert [clock.take("a:b", every_seconds=60, now=late) for _ in range(3)] == [True, False, False]


def test_of_many_clocks_one_gets_the_work(app):
    clock.take("a:b", every_seconds=60, now=NOW)
    taken: list[bool] = []
    together = threading.Barrier(6)

    def tick() -> None:
        begin_writing()
        together.wait(10)
        with app.app_context():
            taken.append(clock.take("a:b", every_seconds=60, now=NOW + timedelta(seconds=60)))
            db.session.remove()

    threads = [threading.Thread(target=tick) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(taken) == [False] * 5 + [True]


def test_does_what_is_due(app):
    here = f"{__name__}:count_one"

    assert clock.do_due(app, [(60, here)]) == [here]
    assert clock.do_due(app, [(60, here)]) == []
    assert done == ["one"]


def test_a_work_that_fails_does_not_keep_the_others_from_being_done(app):
    works = [(60, f"{__name__}:fail"), (60, f"{__name__}:count_one")]

    assert clock.do_due(app, works) == [f"{__name__}:count_one"]
    assert db.session.get(PeriodicRun, f"{__name__}:fail") is not None
