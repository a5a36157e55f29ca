"""Two who act for one operator in one moment. SQLite has one writer."""

from __future__ import annotations

from functools import partial

import pytest

from callcenter.campaigns import queries as campaigns
from callcenter.queue import claim
from callcenter.queue import closing
from callcenter.queue import promises
from callcenter.queue.models import EntryState
from callcenter.queue.models import QueueEntry
from callcenter.training import certifying
from callcenter.training import learning
from callcenter.training import requiring
from callcenter.training import standing
from callcenter.training.checklist import Item
from callcenter.training.checklist import Mark
from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from tests.support.beside import beside as beside_ours

pytestmark = pytest.mark.parametrize("migrated_app", ["postgresql"], indirect=True)


@pytest.fixture
def supervisor_id(factories, club):
    return factories.user(Role.SUPERVISOR, [club]).id


@pytest.fixture
def beside(app, supervisor_id):
    """Do something in a transaction of its own while ours is open."""
    return partial(beside_ours, app)


def newest(survey_id, operator_id):
    found = standing.of_survey(survey_id, [operator_id])[operator_id]
    return found[0] if found else None


def pass_all_but_the_quiz(club_id, survey_id, operator_id):
    learning.read(club_id, survey_id, operator_id, now=utcnow())
    learning.practised(club_id, survey_id, operator_id, number=1, percent=90, is_passed=True, now=utcnow())


def pass_the_quiz(club_id, survey_id, operator_id):
    right = {one.code: one.right for one in learning.quiz(survey_id, operator_id, tries=0)}
    learning.answer_quiz(club_id, survey_id, operator_id, right, tries=0, now=utcnow())


def pass_the_trial(club_id, survey_id, operator_id, *, scored_by):
    marks = dict.fromkeys(Item, Mark.GOOD)
    learning.score_trial(club_id, survey_id, operator_id, marks, note="", scored_by=scored_by, now=utcnow())


def test_the_last_two_steps_bring_the_certificate(beside, club, survey_id, operator, supervisor_id):
    ids = (club.id, survey_id, operator.id)
    pass_all_but_the_quiz(*ids)
    db.session.commit()

    pass_the_quiz(*ids)
    beside(lambda: pass_the_trial(*ids, scored_by=supervisor_id))

    assert newest(*ids[1:]) is not None


def test_a_certificate_earned_while_it_is_taken_back_is_taken_back(beside, club, survey_id, operator, supervisor_id):
    ids = (club.id, survey_id, operator.id)
    pass_all_but_the_quiz(*ids)
    pass_the_trial(*ids, scored_by=supervisor_id)
    db.session.commit()

    pass_the_quiz(*ids)
    beside(lambda: certifying.revoke(*ids, reason="reads too fast", revoked_by=supervisor_id, now=utcnow()))

    assert newest(*ids[1:]).revoked_by is not None


@pytest.fixture
def certified(factories, club, campaign, survey_id, operator, supervisor_id):
    """A campaign that asks for the certificate which the operator and a colleague have; gives the colleague's id."""
    colleague = factories.operator([club])
    requiring.keep(club.id, campaign.id, is_wanted=True)
    both = [operator.id, colleague.id]
    certifying.give(club.id, survey_id, both, note="knows it", given_by=supervisor_id, now=utcnow())
    db.session.commit()
    return colleague.id


@pytest.fixture
def queued(factories, club, campaign):
    """The next members of the campaign, in the queue."""
    return [factories.entry(campaign, factories.member(club)).id for _ in range(2)]


@pytest.fixture
def taken_back(club, survey_id, operator, supervisor_id):
    """The operator's certificate is taken back, without a commit."""
    club_id, operator_id = club.id, operator.id
    facts = {"reason": "reads too fast", "revoked_by": supervisor_id, "now": utcnow()}
    return lambda: certifying.revoke(club_id, survey_id, operator_id, **facts)


def claimed(club_id, operator_id):
    now = utcnow()
    open_ids = campaigns.open_campaign_ids([club_id], operator_id=operator_id, now=now)
    return claim.claim_next(operator_id, campaign_ids=open_ids, now=now)


def close(entry_id, operator_id):
    closing.record_outcome(
        entry_id, operator_id=operator_id, outcome="2.11", is_attempt=True, retry_at=None, now=utcnow()
    )
    db.session.commit()


def holder(entry_id):
    db.session.expire_all()
    entry = db.session.get_one(QueueEntry, entry_id)
    return entry.operator_id if entry.state is EntryState.LEASED else None


@pytest.mark.parametrize("is_claim_first", [True, False])
def test_who_claims_while_the_certificate_is_taken_back_keeps_that_member_and_gets_no_other(
    beside, club, operator, certified, queued, taken_back, is_claim_first
):
    club_id, operator_id = club.id, operator.id
    had = []

    def claims():
        had.append(claimed(club_id, operator_id))

    first, second = (claims, taken_back) if is_claim_first else (taken_back, claims)
    first()
    beside(second)

    assert had == [queued[0]]
    assert holder(queued[0]) == operator_id
    close(queued[0], operator_id)
    assert claimed(club_id, operator_id) is None
    assert claimed(club_id, certified) == queued[1]


@pytest.fixture
def promised(factories, club, campaign, operator):
    """A member whom the operator promised to call now."""
    now = utcnow()
    entry = factories.entry(campaign, factories.member(club), callback_at=now, due_at=now)
    promises.agree(entry.id, until=None, operator_id=operator.id)
    db.session.commit()
    return entry.id


def test_the_own_promise_of_whoever_is_at_it_stays_theirs(beside, club, operator, certified, promised, taken_back):
    club_id, operator_id = club.id, operator.id

    assert claimed(club_id, operator_id) == promised
    beside(taken_back)

    assert holder(promised) == operator_id
    assert claimed(club_id, certified) is None


def test_an_own_promise_that_is_being_given_away_is_not_claimed_meanwhile(
    beside, club, operator, certified, promised, taken_back
):
    club_id, operator_id = club.id, operator.id
    had = []

    taken_back()
    beside(lambda: had.append(claimed(club_id, operator_id)))

    assert had == [None]
    assert holder(promised) is None
    assert claimed(club_id, certified) == promised
