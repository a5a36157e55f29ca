"""Credit that is asked for while something is found against its interview. SQLite has one writer."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import func
from sqlalchemy import select

from callcenter.integrity.judging import judge_in_company
from callcenter.integrity.models import FlaggedInterview
from callcenter.integrity.models import IntegrityFlag
from callcenter.integrity.models import Verdict
from callcenter.integrity.reviewing import SOURCE
from callcenter.integrity.reviewing import decide
from callcenter.integrity.scoring import FlagKind
from club.credit.award import award
from club.credit.models import LedgerEntry
from club.notices.models import Notice
from config.database import db
from config.database import utcnow
from surveys.interviews import interviewing
from tests.callcenter.integrity.conftest import AMOUNT
from tests.callcenter.integrity.conftest import rules
from tests.support.beside import beside as beside_ours

pytestmark = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)


@pytest.fixture
def beside(app):
    """Do something in a transaction of its own while ours is open."""
    return partial(beside_ours, app)


@pytest.fixture
def quick(place, interview):
    """An interview much quicker than the one before; what it needs to be judged and paid is there."""

    def make(**how):
        rules(place.club, off_call_answers=1, median_percent=33, median_interviews=1)
        interview(is_called=True, seconds=30)
        made = interview(seconds=2, **how)
        return made.id, made.member.id, place.club.id, place.supervisor.id

    return make


def paid(member_id):
    db.session.rollback()
    return list(db.session.scalars(select(LedgerEntry.amount_rial).where(LedgerEntry.member_id == member_id)))


def kinds(response_id):
    query = select(IntegrityFlag.kind).join(FlaggedInterview, FlaggedInterview.id == IntegrityFlag.flagged_id)
    return set(db.session.scalars(query.where(FlaggedInterview.response_id == response_id)))


def test_credit_that_is_asked_for_while_it_is_being_paid_is_paid_once(beside, quick):
    response_id, member_id, club_id, _ = quick(is_called=True, is_complete=False)
    before = db.session.scalar(select(func.count(Notice.id)))

    interviewing.complete(response_id, now=utcnow())
    beside(lambda: award(club_id, member_id, source=SOURCE, source_id=response_id, now=utcnow()))

    assert paid(member_id) == [AMOUNT]
    assert db.session.scalar(select(func.count(Notice.id))) == before + 1


def test_a_flag_beside_the_completion_neither_stops_nor_doubles_the_credit(beside, quick):
    response_id, member_id, *_ = quick(is_called=True, is_complete=False)

    interviewing.complete(response_id, now=utcnow())
    beside(lambda: judge_in_company(response_id, now=utcnow()))
    too_early = kinds(response_id)
    judge_in_company(response_id, now=utcnow())
    db.session.commit()

    assert (too_early, kinds(response_id)) == (set(), {FlagKind.TOO_FAST})
    assert paid(member_id) == [AMOUNT]


def test_held_credit_that_is_accepted_while_a_further_flag_comes_is_paid_once(beside, quick):
    response_id, member_id, club_id, user_id = quick()
    assert paid(member_id) == []
    facts = {"reason": "", "seen": 0, "user_id": user_id, "now": utcnow()}

    judge_in_company(response_id, now=utcnow())
    beside(lambda: decide(club_id, response_id, verdict=Verdict.ACCEPTED, **facts))

    assert paid(member_id) == [AMOUNT]
    assert kinds(response_id) == {FlagKind.OFF_CALL, FlagKind.TOO_FAST}


def test_a_further_flag_that_comes_while_held_credit_is_accepted_changes_nothing_of_it(beside, quick):
    response_id, member_id, club_id, user_id = quick()
    facts = {"reason": "", "seen": 0, "user_id": user_id, "now": utcnow()}

    decide(club_id, response_id, verdict=Verdict.ACCEPTED, **facts)
    beside(lambda: judge_in_company(response_id, now=utcnow()))

    assert paid(member_id) == [AMOUNT]
    assert kinds(response_id) == {FlagKind.OFF_CALL, FlagKind.TOO_FAST}
