"""Whoever pays for an interview is killed after the award and before its commit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.integrity.models import IntegrityDecision
from club.credit.models import LedgerEntry
from club.notices.models import Notice
from config.database import db
from surveys.interviews.models import Response
from surveys.interviews.states import ResponseState
from tests.callcenter.integrity.conftest import AMOUNT
from tests.callcenter.integrity.paying import pay

ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("paying.py")


def killed_between_award_and_commit(app, home, act, *ids):
    """What the process had paid when it was killed."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(home), url, act, *map(str, ids)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        return process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def paid():
    db.session.rollback()
    return list(db.session.scalars(select(LedgerEntry.amount_rial)))


@pytest.mark.parametrize("act", ["complete", "accept"])
def test_the_credit_is_paid_once_though_whoever_paid_it_first_was_killed(app, tmp_path, place, interview, act):
    made = interview(is_called=True, is_complete=False) if act == "complete" else interview()
    ids = (made.id, place.club.id, place.supervisor.id)
    db.session.remove()

    had_paid = killed_between_award_and_commit(app, tmp_path, act, *ids)

    assert had_paid == str(AMOUNT)
    assert paid() == []
    assert [db.session.scalar(select(func.count(table.id))) for table in (IntegrityDecision, Notice)] == [0, 0]
    assert (db.session.get_one(Response, ids[0]).state is ResponseState.COMPLETE) is (act == "accept")

    pay(act, *ids)
    db.session.commit()

    assert paid() == [AMOUNT]
    assert db.session.scalar(select(func.count(Notice.id))) == 1
    assert db.session.get_one(Response, ids[0]).state is ResponseState.COMPLETE
