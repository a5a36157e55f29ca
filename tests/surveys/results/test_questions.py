"""What was answered to the questions that no measure counts, against what was written down, others' answers beside."""

from __future__ import annotations

import pytest

from config.database import db
from surveys.interviews import counting
from surveys.interviews import interviewing
from surveys.questionnaires.document import Kind
from surveys.results.filters import Filters
from surveys.results.questions import by_question
from surveys.results.statistics import quartiles
from tests.surveys.interviews.leading import NOW
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import texts

pytestmark = pytest.mark.usefixtures("alone")

CHOICES = [{"code": code, "text": texts(code)} for code in ("tea", "cake")]
ASKED = (
    question("promise", "recommend"),
    question("served", "effort", labels={"fa": ["سخت", "آسان"], "en": ["hard", "easy"]}),
    question("again", "yes_no"),
    question("one", "choice_one", choices=CHOICES),
    question("many", "choice_many", choices=CHOICES),
    question("visits", "number"),
    question("paid", "amount"),
    question("day", "date"),
)
GIVEN = {
    "promise": 10,
    "served": 6,
    "again": "yes",
    "one": "tea",
    "many": ["tea", "cake"],
    "visits": 3,
    "paid": 1_250_000,
    "day": "2025-11-01",
    "beside": 4,
    "price": 5,
}


def survey(*asked):
    return document(
        section("all", *asked, question("beside", "rating")),
        section("price", question("price", "rating"), dimension="price"),
        section("closing", question("thanks", "closing")),
    )


def answered(club, version, **answers):
    """A complete interview with these answers."""
    response_id = start(club, version, now=NOW)
    give(response_id, **{**GIVEN, **answers})
    interviewing.complete(response_id, now=NOW)
    db.session.commit()
    return response_id


@pytest.fixture
def version(club):
    return publish(club, survey(*ASKED), slug="asked")


def counted(club):
    return {one.question.code: one for one in by_question(Filters(club))}


def test_each_question_has_the_members_who_gave_each_value(club, version, factories):
    answered(club, version)
    answered(club, version, many=["tea"], visits="dont_know", paid="refused", day="2025-11-02")
    other = factories.club().id
    answered(other, publish(other, survey(*ASKED), slug="asked"))
    counting.leave_out(club, answered(club, version, visits=99), now=NOW)
    db.session.commit()

    found = counted(club)

    assert list(found) == [*(one["code"] for one in ASKED), "beside"]
    assert {code: dict(one.values) for code, one in found.items()} == {
        "promise": {10: 2},
        "served": {6: 2},
        "again": {"yes": 2},
        "one": {"tea": 2},
        "many": {"tea": 2, "cake": 1},
        "visits": {3: 1},
        "paid": {12_500_000: 1},
        "day": {"2025-11-01": 1, "2025-11-02": 1},
        "beside": {4: 2},
    }
    assert (found["many"].n, found["visits"].dont_know, found["paid"].refused) == (2, 1, 1)


def test_versions_are_counted_together_in_the_words_of_the_newest(club, version):
    answered(club, version, one="cake")
    changed = [{"code": code, "text": texts(f"new {code}")} for code in ("tea", "juice")]
    newer = publish(
        club,
        survey(question("one", "choice_one", choices=changed), question("visits", "yes_no")),
        slug="asked",
    )
    response_id = start(club, newer, now=NOW)
    give(response_id, one="juice", visits="no", beside=4, price=5)
    interviewing.complete(response_id, now=NOW)
    db.session.commit()

    found = {(one.question.code, one.question.kind): one for one in by_question(Filters(club))}

    one = found["one", Kind.CHOICE_ONE]
    assert dict(one.values) == {"cake": 1, "juice": 1}
    assert {code: words["en"] for code, words in one.choices.items()} == {
        "tea": "new tea in English",
        "juice": "new juice in English",
        "cake": "cake in English",
    }
    assert dict(found["visits", Kind.NUMBER].values) == {3: 1}
    assert dict(found["visits", Kind.YES_NO].values) == {"no": 1}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({5: 1}, (5, 5, 5)),
        ({1: 1, 2: 1}, (1, 1, 2)),
        ({1: 1, 2: 1, 3: 1, 4: 1}, (1, 2, 3)),
        ({1: 10, 100: 1}, (1, 1, 1)),
        ({"2025-01-01": 2, "2025-06-01": 2, "2025-12-01": 4}, ("2025-01-01", "2025-06-01", "2025-12-01")),
    ],
)
def test_quartiles_are_values_that_were_given(counts, expected):
    assert quartiles(counts) == expected
