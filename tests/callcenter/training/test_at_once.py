"""Two who act for one operator in one moment. SQLite has one writer."""

from __future__ import annotations

from functools import partial

import pytest

from callcenter.training import certifying
from callcenter.training import learning
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
