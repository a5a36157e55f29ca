"""A survey walked through as its operators see it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import func
from sqlalchemy import select

from config.accounts.access import Role
from config.database import db
from config.database import utcnow
from surveys.authoring import drafts
from surveys.authoring import editing
from surveys.authoring import walking
from surveys.interviews.models import Answer
from surveys.interviews.models import Response
from surveys.questionnaires.document import Kind
from surveys.questionnaires.document import Question
from surveys.questionnaires.document import Questionnaire
from surveys.questionnaires.document import Section
from tests.surveys.questionnaires.samples import short_questionnaire


@pytest.fixture
def walk(client, factories, sign_in):
    """The steps of a walk through a draft: `walk(do, **fields)` gives the answer of the page."""
    club = factories.club()
    sign_in(client, factories.user(Role.MANAGER, [club], language="en"))
    survey = short_questionnaire()
    survey = editing.put(survey, "staff", replace(survey.by_code["staff"], text={}))
    version_id = drafts.begin(club.id, survey, now=utcnow())
    db.session.commit()
    page = {"walk": ""}

    def step(do, **fields):
        answer = client.post(f"/surveys/versions/{version_id}/preview", data={**fields, "do": do, "walk": page["walk"]})
        page["walk"] = answer.json["walk"]
        return answer.json

    step.address = f"/surveys/versions/{version_id}/preview"
    return step


def test_a_draft_is_walked_with_the_desks_own_question(client, walk):
    assert "hello in English" in client.get(walk.address).text
    walk("next")
    walk("answer", value="yes")
    assert "price_1 in English" in walk("next")["html"]
    walk("answer", value="4")
    assert "price_2 in English" in walk("next")["html"]
    assert "price_1 in English" in walk("back")["html"]
    walk("next")
    walk("answer", value="3")
    # Words that are still missing are dots; the section's name is there.
    assert "“…”" in walk("next")["html"]
    assert "staff به فارسی" not in walk("speak/fa")["html"]


def test_rules_lead_the_walk_and_what_is_needed_is_waited_for(walk):
    walk("next")
    assert "consent in English" in walk("next")["html"]
    walk("answer", value="yes")
    for value in ("5", "5", "5", "1"):
        walk("next")
        walk("answer", value=value)

    assert "wrong in English" in walk("next")["html"]


def test_an_answer_that_is_none_is_refused_and_the_walk_stays(walk):
    walk("next")

    answer = walk("answer", value="maybe")

    assert "consent in English" in answer["html"]
    assert json.loads(answer["walk"])["said"].keys() == {"hello"}


@pytest.mark.parametrize(
    "carried", ["", "nonsense", "[]", "[" * 100_000, "{}", '{"language": 3, "cursor": {}, "said": {"hello": 1}}']
)
def test_a_walk_that_cannot_be_read_begins_anew(carried):
    new = walking.begin(short_questionnaire(), "fa", {})

    assert walking.from_page(carried, new) == new


@pytest.mark.parametrize("value", [{}, [], "x", 7, None, [["x"]], True])
def test_answers_that_could_not_have_been_given_are_left_out(value):
    new = walking.begin(short_questionnaire(), "fa", {})
    carried = json.dumps({"language": "fa", "cursor": None, "said": {"price_1": ["answered", value]}})

    walk = walking.from_page(carried, new)

    assert set(walk.answers) <= {"price_1"}
    assert walk.screen().code == "hello"


def test_nothing_of_a_walk_is_kept(walk):
    walk("next")
    walk("answer", value="yes")

    assert db.session.scalar(select(func.count(Response.id))) == 0
    assert db.session.scalar(select(func.count(Answer.id))) == 0


def test_an_empty_survey_says_so(client, factories, sign_in):
    club = factories.club()
    sign_in(client, factories.user(Role.SUPERVISOR, [club], language="en"))
    version_id = drafts.begin(club.id, Questionnaire({"fa": "خالی"}, ("fa",), ()), now=utcnow())
    db.session.commit()

    assert "There is no question yet." in client.get(f"/surveys/versions/{version_id}/preview").text
    assert client.post(f"/surveys/versions/{version_id}/preview").status_code == 200


def test_a_scale_without_its_words_in_one_language_is_shown_all_the_same(client, factories, sign_in):
    club = factories.club()
    sign_in(client, factories.user(Role.MANAGER, [club], language="fa"))
    question = Question("price", Kind.RATING, {"fa": "؟"}, labels={"en": ("1", "2", "3", "4", "5")})
    survey = Questionnaire({}, ("fa", "en"), (Section("s", {}, (question,)),))
    version_id = drafts.begin(club.id, survey, now=utcnow())
    db.session.commit()

    for page in ("/preview", "/map", "/check", "/compare", "?question=price", ""):
        assert client.get(f"/surveys/versions/{version_id}{page}").status_code == 200
