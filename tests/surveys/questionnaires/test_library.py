"""The ready-made surveys."""

from __future__ import annotations

import pytest

from surveys.authoring import review
from surveys.authoring import timing
from surveys.interviews.screens import MOST_DIGIT_KEYS
from surveys.questionnaires import library
from surveys.questionnaires.document import Dimension
from surveys.questionnaires.document import Kind
from surveys.questionnaires.errors import ReadySurveyNotFoundError
from surveys.questionnaires.texts import fill

TRADES = [slug for slug in library.slugs() if slug != library.GENERAL]
LONGEST_MINUTES = 5


def rated(questionnaire):
    return [one for one in questionnaire.questions if one.kind is Kind.RATING]


@pytest.mark.parametrize("slug", library.slugs())
def test_every_ready_made_survey_can_be_asked_in_persian_and_english(slug):
    questionnaire = library.load(slug)

    assert questionnaire.languages == ("fa", "en")
    assert {questionnaire.section_of[one.code].dimension for one in rated(questionnaire)} == set(Dimension)
    assert [one.kind for one in questionnaire.questions[:2]] == [Kind.INTRODUCTION, Kind.CONSENT]
    assert [one.kind for one in questionnaire.questions[-2:]] == [Kind.OPEN_TEXT, Kind.CLOSING]


@pytest.mark.parametrize("slug", library.slugs())
def test_the_check_before_publishing_has_nothing_against_a_ready_made_survey(slug):
    questionnaire = library.load(slug)

    assert review.findings(questionnaire) == []
    assert timing.minutes_of(questionnaire) <= LONGEST_MINUTES


@pytest.mark.parametrize("slug", TRADES)
def test_every_trade_is_asked_two_questions_of_its_own(slug):
    questionnaire = library.load(slug)
    usual = {"opening", "price", "quality", "service", "overall", "closing"}

    own = [one for section in questionnaire.sections if section.code not in usual for one in section.questions]

    assert len([one for one in own if one.wants_answer]) in {2, 3}


@pytest.mark.parametrize("slug", library.slugs())
def test_whoever_is_asked_how_satisfied_may_as_well_be_dissatisfied(slug):
    for one in library.load(slug).questions:
        assert ("راضی" in one.text["fa"].replace("ناراضی", "")) is ("ناراضی بودید" in one.text["fa"]), one.code
        assert ("how satisfied" in one.text["en"].lower()) is ("or dissatisfied" in one.text["en"]), one.code


@pytest.mark.parametrize("slug", library.slugs())
def test_every_rating_has_five_words_from_the_lowest_to_the_highest(slug):
    for one in rated(library.load(slug)):
        assert one.labels["fa"][0].startswith("خیلی")
        assert one.labels["en"][0] == "Very dissatisfied"


@pytest.mark.parametrize("slug", library.slugs())
def test_what_went_wrong_may_be_nothing_and_is_asked_further(slug):
    went_wrong = next(one for one in library.load(slug).questions if one.code == "went_wrong")

    assert [one.code for one in went_wrong.choices if one.is_exclusive] == ["nothing"]
    assert went_wrong.probes[0]["fa"] == "چیز دیگری هم بود؟"


@pytest.mark.parametrize("slug", library.slugs())
def test_every_choice_has_a_digit_to_press(slug):
    assert max(len(one.choices) for one in library.load(slug).questions) <= MOST_DIGIT_KEYS


@pytest.mark.parametrize("slug", library.slugs())
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_credit_is_said_before_the_first_question_and_never_as_given_already(slug, language):
    questions = library.load(slug).questions

    assert "{credit}" in questions[1].text[language]
    assert not any(words in questions[-1].text[language] for words in ("همین حالا", "now"))


@pytest.mark.parametrize("slug", library.slugs())
@pytest.mark.parametrize("language", ["fa", "en"])
def test_no_credit_is_promised_when_there_is_none(slug, language):
    closing = library.load(slug).questions[-1].text[language]

    assert "23,000" in fill(closing, {"club": "لمیز", "credit": "23,000"})
    assert len(fill(closing, {"club": "لمیز"})) < 90


def test_the_menu_begins_with_the_survey_that_fits_any_shop():
    assert library.titles("en")[:3] == [
        ("recent_visit", "Your recent visit"),
        ("beauty_salon", "Beauty salon"),
        ("cafe_restaurant", "Café and restaurant"),
    ]
    assert len(library.titles("fa")) == 9


def test_an_unknown_survey_is_refused_by_name():
    with pytest.raises(ReadySurveyNotFoundError, match="no ready-made survey 'nothing'; there are beauty_salon, cafe"):
        library.load("nothing")
