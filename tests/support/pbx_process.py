"""The pbx process: in a thread of the test, and in processes of their own that die at one of their commits."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import threading
from typing import TYPE_CHECKING

from sqlalchemy import event

import wsgi
from callcenter.telephony import pbx as product
from callcenter.telephony.ami import Timing
from callcenter.telephony.line import AmiLine
from callcenter.telephony.pbx import Pbx
from config.database import db
from config.settings import load_settings
from tests.support.channels import PLAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from flask import Flask

    from callcenter.telephony.link import Address

QUICK = Timing(connect=2, reply=2, ping=2, retry_first=0.01, retry_last=0.05)
BEFORE, AFTER = "before_commit", "after_commit"
ANSWER_SECONDS = 120
# Nobody wakes it through Redis here.
LOOK_SECONDS = 0.05


def hold_line(app: Flask, address: Address, *, timing: Timing = QUICK) -> tuple[Pbx, Callable[[], None]]:
    """The loop of a pbx process in a thread, and how to end it."""
    pbx = Pbx(app, AmiLine(address, context=PLAN.context, timing=timing), PLAN)
    stopped = threading.Event()
    thread = threading.Thread(target=pbx.run, args=(stopped,), name="pbx")

    def stop() -> None:
        stopped.set()
        pbx.inbox.wake()
        thread.join()

    thread.start()
    return pbx, stop


@contextlib.contextmanager
def held_line(app: Flask, address: Address) -> Iterator[Pbx]:
    """The loop in a thread as long as the test needs it."""
    pbx, stop = hold_line(app, address)
    try:
        yield pbx
    finally:
        stop()


class Nursery:
    """A process that has read all the code once and brings pbx processes into the world as copies of itself."""

    def __init__(self, app: Flask) -> None:
        environ = {
            "HAMSEDA_HOME": str(app.config["HOME"]),
            "HAMSEDA_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
            "HAMSEDA_SECRET_KEY": "tests-only",
        }
        fresh = multiprocessing.get_context("spawn")
        self._began = fresh.Value("i", 0, lock=False)
        self._pipe, theirs = fresh.Pipe()
        self._process = fresh.Process(target=_tend, args=(environ, theirs, self._began), daemon=True)
        self._process.start()

    def bear(self, address: Address, *, moment: str, number: int) -> MortalPbx:
        """A pbx process that kills itself with -9 in the moment before or after its commit of that number."""
        self._began.value = 0
        self._pipe.send((address, moment, number))
        return MortalPbx(self._hear(), number, self._began, self._hear)

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.join()

    def _hear(self) -> int:
        assert self._pipe.poll(ANSWER_SECONDS)
        return self._pipe.recv()


class MortalPbx:
    """A pbx process that is to die at its commit of that number, if there are so many."""

    def __init__(self, pid: int, number: int, began, exit_code: Callable[[], int]) -> None:
        self._pid = pid
        self._number = number
        self._began = began
        self._exit_code = exit_code

    @property
    def lives(self) -> bool:
        """Whether the commit in which it dies is still to come."""
        return self._began.value < self._number

    def end(self) -> None:
        """See it dead; one that outlived the call is killed now."""
        if self.lives:
            os.kill(self._pid, signal.SIGKILL)
        assert self._exit_code() == -signal.SIGKILL


def _tend(environ, pipe, began) -> None:
    app = wsgi.create_app(load_settings(environ, env_file=None))
    logging.disable()
    product.LOOK_SECONDS = LOOK_SECONDS
    while True:
        address, moment, number = pipe.recv()
        pid = os.fork()
        if pid == 0:
            _live(app, address, moment, number, began)
        pipe.send(pid)
        pipe.send(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _live(app, address, moment, number, began) -> None:
    def count(session) -> None:
        if not session.in_nested_transaction():
            began.value += 1

    def strike(session) -> None:
        if not session.in_nested_transaction() and began.value == number:
            os.kill(os.getpid(), signal.SIGKILL)

    # First of all listeners: nothing that follows a commit happens.
    event.listen(db.session, moment, strike, insert=True)
    event.listen(db.session, BEFORE, count, insert=True)
    Pbx(app, AmiLine(address, context=PLAN.context, timing=QUICK), PLAN).run(threading.Event())
    os._exit(1)
