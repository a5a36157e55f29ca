"""The ways an interview ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from config.database import db
from surveys.interviews import interviewing
from surveys.interviews import queries
from surveys.interviews.errors import IncompleteError
from surveys.interviews.errors import ResponseClosedError
from surveys.interviews.events import response_completed
from surveys.interviews.states import ResponseState
from tests.surveys.interviews.leading import FULL
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import rows
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import SHORT

pytestmark = pytest.mark.usefixtures("alone")
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def told():
    facts = []

    def hear(_sender, **fact):
        facts.append(fact)

    with response_completed.connected_to(hear):
        yield facts


def test_completing_tells_of_it_once(club, response, told):
    give(response, **FULL)

    interviewing.complete(response, now=LATER)
    interviewing.complete(response, now=LATER)

    assert told == [{"response_id": response, "club_id": club, "member_id": 1, "completed_at": LATER}]
    line = queries.get(club, response)
    assert (line.state, line.completed_at) == (ResponseState.COMPLETE, LATER)


def test_a_receiver_that_refuses_undoes_the_completion(club, response):
    give(response, **FULL)
    db.session.commit()

    def refuse(_sender, **fact):
        raise RuntimeError("no credit")

    with response_completed.connected_to(refuse), pytest.raises(RuntimeError):
        interviewing.complete(response, now=LATER)
    db.session.rollback()

    assert queries.get(club, response).state is ResponseState.STARTED


def test_an_unfinished_path_is_not_complete(response, told):
    give(response, hello=None, consent="yes", price_1=4, price_2="refused")

    with pytest.raises(IncompleteError) as refused:
        interviewing.complete(response, now=LATER)
    assert refused.value.missing == ("staff", "overall")
    assert told == []


def test_without_consent_there_is_no_complete_interview(response):
    give(response, hello=None, consent="no")

    assert queries.screen(response).is_refused
    with pytest.raises(IncompleteError):
        interviewing.complete(response, now=LATER)
    assert interviewing.stop(response, now=LATER) is ResponseState.BREAK_OFF


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"price_1": 4, "price_2": 4}, ResponseState.BREAK_OFF),
        ({"price_1": 4, "price_2": 4, "staff": "refused", "overall": 2}, ResponseState.PARTIAL),
        ({"price_1": 4, "price_2": 4, "staff": 4}, ResponseState.PARTIAL),
    ],
    ids=["2 of 5", "3 of 6", "3 of 5"],
)
def test_a_stopped_interview_is_partial_from_half_of_its_questions(response, answers, expected):
    give(response, hello=None, consent="yes", **answers)

    assert interviewing.stop(response, now=LATER) is expected
    assert interviewing.stop(response, now=LATER) is expected


def test_after_the_end_nothing_moves_but_a_repeated_request_is_harmless(club, response, told):
    give(response, **FULL)
    interviewing.complete(response, now=LATER)

    give(response, overall=4)
    for act in (
        lambda: give(response, overall=3),
        lambda: interviewing.go_on(response, now=LATER),
        lambda: interviewing.go_back(response, now=LATER),
        lambda: interviewing.go_to(response, "staff", now=NOW),
        lambda: interviewing.set_language(response, "en"),
        lambda: interviewing.set_placeholders(interviewing.hold(response), {"credit": "1"}),
    ):
        with pytest.raises(ResponseClosedError):
            act()
    assert rows(response)["overall"].value == 4
    assert interviewing.stop(response, now=LATER) is ResponseState.COMPLETE
    assert len(told) == 1


@pytest.mark.parametrize(
    ("thresholds", "answers", "expected"),
    [
        ({"partial_from": 60}, {"price_1": 4, "price_2": 4, "staff": 4}, ResponseState.PARTIAL),
        ({"partial_from": 61}, {"price_1": 4, "price_2": 4, "staff": 4}, ResponseState.BREAK_OFF),
        ({"partial_from": 1}, {}, ResponseState.BREAK_OFF),
        ({"partial_from": 1}, {"price_1": "dont_know"}, ResponseState.PARTIAL),
    ],
)
def test_a_version_says_from_where_an_interview_is_partial(club, thresholds, answers, expected):
    response = start(club, publish(club, {**SHORT, **thresholds}, "own"))
    give(response, hello=None, consent="yes", **answers)

    assert interviewing.stop(response, now=LATER) is expected


@pytest.mark.parametrize(
    ("answers", "is_complete"),
    [
        ({"price_1": 4, "price_2": 4, "staff": 4}, False),
        ({"price_1": 4, "price_2": 4, "staff": 4, "overall": "refused"}, False),
        ({"price_1": 4, "price_2": 4, "staff": 4, "overall": 5}, True),
    ],
    ids=["3 of 5", "4 of 5, one refused", "4 of 5"],
)
def test_where_a_version_says_so_enough_answers_are_a_complete_interview(club, told, answers, is_complete):
    response = start(club, publish(club, {**SHORT, "complete_from": 80}, "own"))
    give(response, hello=None, consent="yes", **answers)

    assert queries.is_enough(response) is is_complete
    assert interviewing.complete_early(response, now=LATER) is is_complete
    assert interviewing.complete_early(response, now=LATER) is is_complete

    assert [fact["response_id"] for fact in told] == ([response] if is_complete else [])
    assert interviewing.stop(response, now=LATER) is (ResponseState.COMPLETE if is_complete else ResponseState.PARTIAL)


def test_nothing_but_the_end_is_complete_unless_a_version_says_so(response, told):
    give(response, hello=None, consent="yes", price_1=4, price_2=4, staff=4, overall=5)

    assert not interviewing.complete_early(response, now=LATER)
    assert told == []
