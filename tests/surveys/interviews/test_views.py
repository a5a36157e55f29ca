"""The page of one interview: what was answered, how long it took, what stood there before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.accounts.access import Role
from config.accounts.models import Club
from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import looking_back
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import start

pytestmark = pytest.mark.usefixtures("alone")


def second(number):
    return NOW + timedelta(seconds=number)


@pytest.fixture
def changed(club, version, factories):
    """An interview in which an answer was changed, which took another one off the path."""
    mina = factories.user(Role.OPERATOR, name="Mina")
    response = start(club, version, operator_id=mina.id)
    give(response, **FULL)
    interviewing.go_to(response, "overall", now=second(60))
    give(response, second(64), overall=1, wrong="{the} <b>queue</b>")
    give(response, second(70), overall=5)
    db.session.commit()
    return response


def test_an_interview_is_told_with_its_times_and_what_stood_there_before(club, changed):
    past = looking_back.of_response(club, changed, language="en")

    told = {one.text: one for one in past.questions}
    assert [one.text for one in past.questions][:2] == ["consent in English", "price_1 in English"]
    overall, wrong = told["overall in English"], told["wrong in English"]
    assert [(change.said.answer, change.at, change.who) for change in overall.before] == [
        ("4", NOW, "Mina"),
        ("1", second(64), "Mina"),
    ]
    assert (overall.said.answer, overall.is_counted, overall.seconds) == ("5", True, 0.0)
    assert (wrong.said.answer, wrong.is_counted) == ("{the} <b>queue</b>", False)
    assert (past.version.number, past.line.id) == (1, changed)


@pytest.mark.parametrize(("role", "status"), [(Role.SUPERVISOR, 200), (Role.MANAGER, 200), (Role.CLUB_STAFF, 403)])
def test_those_who_answer_for_the_interviews_read_them(client, sign_in, factories, club, changed, role, status):
    sign_in(client, factories.user(role, [db.session.get_one(Club, club)]))
    client.post("/language/en")

    page = client.get(f"/interviews/{changed}")

    assert page.status_code == status
    if status == 200:
        assert "<s><bdi>4</bdi></s>" in page.text
        assert "not counted" in page.text
        assert "{the} &lt;b&gt;queue&lt;/b&gt;" in page.text


def test_another_clubs_interview_is_not_there(client, sign_in, factories, changed):
    sign_in(client, factories.user(Role.SUPERVISOR, [factories.club()]))

    assert client.get(f"/interviews/{changed}").status_code == 404
