"""Two requests at the same moment: an impatient operator, a repeated send."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func
from sqlalchemy import select

from config.database import begin_writing
from config.database import db
from surveys.interviews import interviewing
from surveys.interviews.events import response_completed
from surveys.interviews.models import AnswerChange
from surveys.interviews.models import Response
from surveys.interviews.states import AnswerStatus
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import rows
from tests.surveys.interviews.leading import start

pytestmark = pytest.mark.usefixtures("alone")
MANY = 4


def at_once(app, act):
    """Run `act` in several threads, each with its own session and transaction; the results."""
    together = threading.Barrier(MANY)

    def run(_number):
        with app.app_context():
            begin_writing()
            together.wait(timeout=120)
            result = act()
            db.session.commit()
            return result

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_an_entry_opened_by_several_requests_has_one_response(app, factories):
    club = factories.club().id
    version = publish(club)

    opened = at_once(app, lambda: start(club, version, entry_id=7))

    assert len(set(opened)) == 1
    assert db.session.scalar(select(func.count(Response.id))) == 1


def test_an_answer_given_by_several_requests_is_one_row(app, factories):
    club = factories.club().id
    response = start(club, publish(club))
    db.session.commit()

    at_once(app, lambda: give(response, hello=None))

    assert {code: row.revision for code, row in rows(response).items()} == {"hello": 1}


def test_a_request_sent_several_times_at_once_is_done_once(app, factories):
    club = factories.club().id
    response = start(club, publish(club))
    give(response, hello=None)
    db.session.commit()

    at_once(app, lambda: keep_as("one", response, consent="yes"))

    assert values_noted(response) == [True, "yes"]


def test_of_answers_given_in_several_tabs_at_once_the_last_one_stands_and_all_are_kept(app, factories):
    club = factories.club().id
    response = start(club, publish(club))
    give(response, hello=None, consent="yes")
    db.session.commit()
    scores = iter(range(1, MANY + 1))

    given = at_once(app, lambda: keep_as(None, response, price_1=next(scores)))

    noted = values_noted(response)[2:]
    assert sorted(noted) == sorted(given) == [1, 2, 3, 4]
    assert rows(response)["price_1"].value == noted[-1]
    assert rows(response)["price_1"].revision == MANY


def keep_as(request, response, **answer):
    [(code, value)] = answer.items()
    taken = interviewing.take(response)
    interviewing.keep(taken, question=code, status=AnswerStatus.ANSWERED, value=value, now=NOW, request=request)
    return value


def values_noted(response):
    db.session.rollback()
    noted = select(AnswerChange.value).where(AnswerChange.response_id == response).order_by(AnswerChange.id)
    return list(db.session.scalars(noted))


def test_a_completion_asked_for_by_several_requests_is_told_once(app, factories):
    club = factories.club().id
    response = start(club, publish(club))
    give(response, **FULL)
    db.session.commit()
    told = []

    def hear(_sender, **fact):
        told.append(fact["response_id"])

    with response_completed.connected_to(hear):
        at_once(app, lambda: interviewing.complete(response, now=NOW))

    assert told == [response]
