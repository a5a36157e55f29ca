"""How an answer came to be what it is: every change a row, every request done once, every question with its times."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.models import AnswerChange
from surveys.interviews.states import AnswerStatus
from surveys.questionnaires.models import VersionQuestion
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import rows
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import short
from tests.surveys.questionnaires.samples import texts

pytestmark = pytest.mark.usefixtures("alone")


def second(number):
    return NOW + timedelta(seconds=number)


def keep(response, code, value, *, at=0, request=None):
    taken = interviewing.take(response)
    interviewing.keep(taken, question=code, status=AnswerStatus.ANSWERED, value=value, now=second(at), request=request)


def noted(response):
    db.session.flush()
    query = (
        select(VersionQuestion.code, AnswerChange)
        .join(AnswerChange, AnswerChange.question_id == VersionQuestion.id)
        .where(AnswerChange.response_id == response)
        .order_by(AnswerChange.id)
    )
    return [
        (code, change.status, change.value, change.asked_at, change.changed_at)
        for code, change in db.session.execute(query)
    ]


def test_every_change_is_a_row_and_the_last_one_stands(response):
    interviewing.go_on(response, now=second(20))
    keep(response, "consent", "yes", at=25)
    interviewing.go_on(response, now=second(26))
    keep(response, "price_1", 4, at=30)
    keep(response, "price_1", 4, at=31)
    keep(response, "price_1", 2, at=33)

    assert noted(response) == [
        ("hello", "answered", True, second(0), second(20)),
        ("consent", "answered", "yes", second(20), second(25)),
        ("price_1", "answered", 4, second(26), second(30)),
        ("price_1", "answered", 2, second(26), second(33)),
    ]
    assert rows(response)["price_1"].value == 2


def test_a_request_that_comes_again_does_nothing_more_whatever_was_answered_since(response):
    keep(response, "hello", None)
    keep(response, "consent", "yes")
    keep(response, "price_1", 4, request="one")
    keep(response, "price_1", 2, request="two")

    keep(response, "price_1", 4, request="one")

    assert rows(response)["price_1"].value == 2
    assert [value for code, _status, value, *_times in noted(response) if code == "price_1"] == [4, 2]


def test_the_same_request_is_another_one_in_another_interview(club, version, response):
    other = start(club, version)
    for each in (response, other):
        keep(each, "hello", None, request="one")

    assert set(rows(other)) == {"hello"}


def test_a_choice_that_is_pressed_once_and_sent_twice_is_not_taken_away(club):
    two = [{"code": code, "text": texts(code)} for code in ("tea", "cake")]
    response = start(club, publish(club, short(price_1={"kind": "choice_many", "choices": two, "labels": {}}), "many"))
    give(response, hello=None, consent="yes")
    keep(response, "price_1", ["tea"], request="tea")

    for _again in range(2):
        interviewing.take_back(interviewing.take(response), question="price_1", now=second(1), request="away")
    keep(response, "price_1", ["tea"], request="tea once more")
    interviewing.take_back(interviewing.take(response), question="price_1", now=second(2), request="away")

    assert rows(response)["price_1"].value == ["tea"]
    changed = [(status, value) for code, status, value, *_times in noted(response) if code == "price_1"]
    assert changed == [("answered", ["tea"]), (None, None), ("answered", ["tea"])]


def test_a_repeated_request_is_harmless_after_the_end(response):
    give(response, **FULL)
    keep(response, "overall", 3, request="three")
    keep(response, "overall", 5, request="five")
    interviewing.complete(response, now=second(60))

    keep(response, "overall", 3, request="three")

    assert rows(response)["overall"].value == 5


def test_going_back_and_being_taken_up_begin_the_time_of_a_question_anew(club, version):
    response = start(club, version, entry_id=7)
    give(response, hello=None, consent="yes", price_1=4)
    interviewing.go_back(response, now=second(40))
    keep(response, "price_1", 3, at=45)
    interviewing.stop(response, now=second(50))
    start(club, version, entry_id=7, operator_id=2, now=second(900))
    keep(response, "price_1", 2, at=905)

    changed = [(value, asked, at) for code, _status, value, asked, at in noted(response) if code == "price_1"]
    assert changed[1:] == [(3, second(40), second(45)), (2, second(900), second(905))]
    assert queries.screen(response).code == "price_1"


def test_an_answer_to_a_question_that_is_not_on_the_screen_has_no_time_of_asking(response):
    give(response, hello=None, consent="yes", price_1=4)

    keep(response, "price_1", 1, at=9)

    assert noted(response)[-1] == ("price_1", "answered", 1, None, second(9))


def test_the_history_is_never_rewritten(response):
    give(response, hello=None)
    db.session.commit()

    with pytest.raises(IntegrityError):
        db.session.execute(update(AnswerChange).values(value=5))
    db.session.rollback()
