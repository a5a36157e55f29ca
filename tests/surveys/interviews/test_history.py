"""What a member said before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.database import db
from surveys.interviews import history
from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.states import ResponseState
from surveys.questionnaires.document import Dimension
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import finish
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start

pytestmark = pytest.mark.usefixtures("alone")


def test_the_history_of_a_member_is_theirs_alone_and_newest_first(club, version, factories):
    other = factories.club().id
    finish(other, publish(other), member_id=1)
    finish(club, version, member_id=2)
    old = finish(club, version, answers={"price_1": 5, "price_2": 4, "word": "خوب بود"}, at=NOW)
    new = start(club, version, now=NOW + timedelta(days=30))
    give(new, hello=None, consent="yes", price_1=1)
    interviewing.stop(new, now=NOW + timedelta(days=30, minutes=2))
    db.session.flush()

    items = history.history_of(club, 1)

    assert [item.response_id for item in items] == [new, old]
    assert [item.state for item in items] == [ResponseState.BREAK_OFF, ResponseState.COMPLETE]
    assert items[0].ended_at == NOW + timedelta(days=30, minutes=2)
    assert items[1].survey == "title به فارسی"
    assert items[1].words == ("خوب بود",)
    assert [(score.dimension, score.rating) for score in items[1].scores] == [
        (Dimension.PRICE, 4.5),
        (Dimension.SERVICE, 5),
        (Dimension.OVERALL, 4),
    ]


def test_the_last_interview_is_the_last_complete_one(club, version):
    finish(club, version, answers={"staff": 1})
    last = finish(club, version, answers={"overall": 2, "wrong": "سرد", "staff": 3}, at=NOW + timedelta(days=1))
    give(start(club, version), hello=None, consent="yes", price_1=1)

    found = history.last_interview(club, 1)

    assert (found.response_id, found.completed_at) == (last, NOW + timedelta(days=1))
    assert {score.dimension.value: score.rating for score in found.scores} == {"price": 3.5, "service": 3, "overall": 2}
    assert found.words == ("سرد",)


def test_the_interview_of_the_present_entry_is_not_the_last_one(club, version):
    before = finish(club, version, answers={"staff": 1})
    present = finish(club, version, answers={"staff": 3}, at=NOW + timedelta(days=1))
    entry = queries.get(club, present).entry_id

    assert history.last_interview(club, 1, but_entry_id=entry).response_id == before


def test_an_answer_taken_off_the_path_is_not_in_the_history(club, version):
    response = start(club, version)
    give(response, **FULL | {"overall": 1})
    give(response, wrong="اشتباه شد", overall=5)
    interviewing.complete(response, now=NOW)

    assert history.last_interview(club, 1).words == ()


def test_a_member_without_interviews_has_no_past(club):
    assert history.history_of(club, 1) == []
    assert history.last_interview(club, 1) is None
