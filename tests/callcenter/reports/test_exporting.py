"""The second table of the page's file: the questions that no measure counts."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.interviews import counting
from surveys.interviews import interviewing
from tests.surveys.interviews.leading import give
from tests.surveys.interviews.leading import publish
from tests.surveys.interviews.leading import start
from tests.surveys.questionnaires.samples import document
from tests.surveys.questionnaires.samples import question
from tests.surveys.questionnaires.samples import section
from tests.surveys.questionnaires.samples import texts

CHOICES = [{"code": "tea", "text": texts("tea")}, {"code": "cake", "text": {"fa": "=cake", "en": "=cake"}}]
ASKED = (
    question("many", "choice_many", choices=CHOICES),
    question("paid", "amount"),
    question("rare", "number", required=False),
)


@pytest.fixture
def version(club):
    parts = [section("all", *ASKED), section("price", question("price", "rating"), dimension="price")]
    return publish(club.id, document(*parts, section("closing", question("thanks", "closing"))), slug="asked")


@pytest.fixture
def answered(factories, club, version):
    """A complete interview of today with these answers."""
    campaign, operator = factories.campaign(club, version_id=version), factories.operator([club])

    def act(**answers):
        now, member = utcnow() - timedelta(minutes=1), factories.member(club)
        entry = factories.closed_entry(campaign, member, "1.1", now)
        who = {"entry_id": entry.id, "member_id": member.id, "operator_id": operator.id}
        response_id = start(club.id, version, campaign_id=campaign.id, now=now, **who)
        give(response_id, now, **{"rare": "dont_know", "price": 5, **answers})
        interviewing.complete(response_id, now=now)
        db.session.commit()
        return response_id

    return act


@pytest.fixture
def rows(client, sign_in, factories, club):
    def ask(language="en"):
        sign_in(client, factories.user(Role.MANAGER, [club], language=language))
        return list(csv.reader(io.StringIO(client.get("/results.csv").data.decode("utf-8-sig"))))

    return ask


def under(rows):
    """The second table, without the days and the branch of each line."""
    return [row[3:] for row in rows[rows.index([]) + 1 :]]


def test_each_answer_has_a_line_with_its_members_and_their_share(club, answered, rows):
    for _ in range(4):
        answered(many=["tea"], paid=1_250_000)
    answered(many=["tea", "cake"], paid="refused")
    counting.leave_out(club.id, answered(many=["cake"], paid=99, rare=7), now=utcnow())
    db.session.commit()

    head, tea, cake, paid, rare = under(rows())

    assert head[:3] == ["Survey", "Question", "Members"]
    assert tea[1:] == [
        ASKED[0]["text"]["en"],
        "5",
        "0",
        "0",
        "Several answers were possible.",
        "tea in English",
        "5",
        "100.0",
    ]
    assert cake[-3:] == ["'=cake", "1", "20.0"]
    assert paid[2:] == ["4"]
    assert rare[2:] == ["0"]


def test_amounts_have_their_sentence_and_persian_files_are_persian(answered, rows):
    for _ in range(5):
        answered(many=["tea"], paid=1_250_000)

    head, tea, _cake, paid, _rare = under(rows("fa"))

    assert head[:2] == ["نظرسنجی", "پرسش"]
    assert tea[-2:] == ["5", "100.0"]
    assert "تومان" in paid[-1]


def test_without_other_questions_there_is_one_table(factories, club, rows):
    campaign = factories.rated_campaign(club)
    for _ in range(5):
        factories.interview(campaign, factories.member(club), utcnow(), price=4)

    assert [] not in rows()
